namespace WasmAspire.Tests.Wasi;

/// <summary>Calls that a guest makes, and what it gets for them.</summary>
/// <param name="Calls">The calls, as <see cref="CallScript"/> reads them.</param>
/// <param name="Answer">What it writes of them.</param>
internal sealed record WasiCase(string Calls, string Answer)
{
    /// <summary>What Wasmtime's own WASI answers where it differs.</summary>
    public string? OnWasmtime { get; init; }

    /// <summary>Why it may differ.</summary>
    public string? Because { get; init; }
}
