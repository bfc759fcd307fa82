namespace Aspire.Dashboard.Telemetry;

/// <summary>A span as it is at one moment, with what hangs on it.</summary>
internal sealed record SpanSnapshot(StoredSpan Span, StoredSpan? Parent, IReadOnlyList<StoredLog> Logs, IReadOnlyList<LinkedSpan> Links, IReadOnlyList<LinkedSpan> BackLinks);
