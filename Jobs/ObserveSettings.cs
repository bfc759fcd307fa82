namespace WasmAspire.Jobs;

/// <summary>What of the guest becomes telemetry.</summary>
public sealed record ObserveSettings
{
    /// <summary><c>none</c>: the module runs as it is; <c>auto</c>: the node instruments it.</summary>
    public string Instrument { get; init; } = "none";

    /// <summary>Shorter calls become no span of their own, in microseconds.</summary>
    public double MinSpanMicroseconds { get; init; } = 20;

    /// <summary>No more guest spans than this.</summary>
    public int MaxSpans { get; init; } = 10_000;

    /// <summary>Whether WASI calls become spans.</summary>
    public bool Wasi { get; init; } = true;

    /// <summary>Whether spans carry the fuel used.</summary>
    public bool Fuel { get; init; }
}
