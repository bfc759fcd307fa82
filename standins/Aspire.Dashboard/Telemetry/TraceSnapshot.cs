namespace Aspire.Dashboard.Telemetry;

/// <summary>A trace as it is at one moment.</summary>
internal sealed record TraceSnapshot(TraceSummary Summary, IReadOnlyList<StoredSpan> Spans, IReadOnlyList<StoredLog> Logs);
