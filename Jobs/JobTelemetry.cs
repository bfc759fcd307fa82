namespace WasmAspire.Jobs;

/// <summary>How much telemetry a guest gave.</summary>
public sealed record JobTelemetry
{
    /// <summary>Guest spans made.</summary>
    public long Spans { get; init; }

    /// <summary>Calls without a span of their own.</summary>
    public long FoldedCalls { get; init; }

    /// <summary>Spans made, then lost before the job's end.</summary>
    public long DroppedSpans { get; init; }

    /// <summary>Log records.</summary>
    public long Logs { get; init; }

    /// <summary>Measurements.</summary>
    public long Metrics { get; init; }
}
