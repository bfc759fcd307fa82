namespace Aspire.Dashboard.Telemetry;

/// <summary>The spans of one trace id that have come so far. Only the store touches it, under the store's lock.</summary>
internal sealed class StoredTrace(string traceId)
{
    private readonly Dictionary<string, StoredSpan> spans = [];
    private TraceSummary? summary;

    public string TraceId => traceId;

    public int Count => spans.Count;

    public long Bytes { get; private set; }

    /// <summary>Grows with every change that a page of this trace shows.</summary>
    public long Revision { get; set; }

    /// <summary>In order of arrival.</summary>
    public IReadOnlyCollection<StoredSpan> Spans => spans.Values;

    public TraceSummary Summary => summary ??= TraceSummary.Of(traceId, spans);

    public StoredSpan? Find(string spanId) => spans.GetValueOrDefault(spanId);

    public void Add(StoredSpan span, long bytes)
    {
        spans.Add(span.SpanId, span);
        Bytes += bytes;
        summary = null;
    }
}
