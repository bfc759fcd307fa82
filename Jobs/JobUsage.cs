namespace WasmAspire.Jobs;

/// <summary>What a job used.</summary>
public sealed record JobUsage
{
    /// <summary>Units of fuel; null where it was not counted.</summary>
    public long? Fuel { get; init; }

    /// <summary>The most linear memory it had, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Bytes written to stdout.</summary>
    public long StdoutBytes { get; init; }

    /// <summary>Bytes written to stderr.</summary>
    public long StderrBytes { get; init; }
}
