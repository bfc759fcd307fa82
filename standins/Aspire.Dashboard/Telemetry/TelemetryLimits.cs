namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// How much is kept. The counts are Aspire's; the bytes are ours, since a count alone bounds nothing
/// where one value may be megabytes. Bytes are estimates of what an item takes in memory.
/// </summary>
internal sealed record TelemetryLimits
{
    public int Traces { get; init; } = 10_000;
    public int SpansPerTrace { get; init; } = 20_000;
    public long TraceBytes { get; init; } = 256 << 20;
    public long BytesPerTrace { get; init; } = 64 << 20;

    public int Logs { get; init; } = 10_000;
    public long LogBytes { get; init; } = 64 << 20;

    public int MetricPoints { get; init; } = 50_000;
    public long MetricBytes { get; init; } = 64 << 20;

    /// <summary>Replicas count each; so do the restarts of one, since each has an instance id of its own.</summary>
    public int Resources { get; init; } = 1_000;
    public int ScopesPerResource { get; init; } = 1_000;
    public long ResourceBytes { get; init; } = 32 << 20;

    public int Attributes { get; init; } = 128;
    public int Events { get; init; } = 128;
    public int Links { get; init; } = 128;

    /// <summary>Characters of a name, a key or a value.</summary>
    public int TextLength { get; init; } = 16_384;
}
