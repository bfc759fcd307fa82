namespace WasmAspire.Jobs;

/// <summary>What of the guest becomes telemetry.</summary>
public sealed record ObserveSettings
{
    /// <summary>The <see cref="Instrument"/> of a module that runs as it is.</summary>
    public const string None = "none";

    /// <summary>The <see cref="Instrument"/> of a module that the node instruments.</summary>
    public const string Automatic = "auto";

    /// <summary><see cref="None"/> or <see cref="Automatic"/>.</summary>
    public string Instrument { get; init; } = None;

    /// <summary>Shorter calls become no span of their own, in microseconds.</summary>
    public double MinSpanMicroseconds { get; init; } = 20;

    /// <summary>No more guest spans than this.</summary>
    public int MaxSpans { get; init; } = 10_000;

    /// <summary>Whether WASI calls become spans.</summary>
    public bool Wasi { get; init; } = true;

    /// <summary>Whether spans carry the fuel used.</summary>
    public bool Fuel { get; init; }
}
