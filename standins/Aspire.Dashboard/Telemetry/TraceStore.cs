using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The traces, oldest out first. Not synchronized: <see cref="TelemetryStore"/> holds the lock.</summary>
internal sealed class TraceStore(TelemetryLimits limits)
{
    private readonly Dictionary<string, StoredTrace> traces = [];
    private readonly Queue<StoredTrace> arrivals = [];
    private readonly BackLinks backLinks = new();
    private long bytes;

    /// <summary>Grows with every change of any trace.</summary>
    public long Revision { get; private set; }

    /// <summary>Oldest arrival first.</summary>
    public IReadOnlyCollection<StoredTrace> All => arrivals;

    public StoredTrace? Find(string traceId) => traces.GetValueOrDefault(traceId);

    public IReadOnlyCollection<SpanReference> LinksTo(string traceId, string spanId) => backLinks.To(new(traceId, spanId));

    /// <summary>Null where it was taken, else why not.</summary>
    public string? Add(StoredSpan span)
    {
        var size = MemoryEstimate.Of(span.Message);
        if (Refuse(span, size) is { } reason)
        {
            return reason;
        }
        if (!traces.TryGetValue(span.TraceId, out var trace))
        {
            traces[span.TraceId] = trace = new(span.TraceId);
            arrivals.Enqueue(trace);
        }
        trace.Add(span, size);
        bytes += size;
        foreach (var linked in backLinks.Add(span))
        {
            Touch(linked);
        }
        Touch(span.TraceId);
        Evict();
        return null;
    }

    /// <summary>Something that shows on this trace's page has come, its log or a link to it.</summary>
    public void Touch(string traceId)
    {
        if (traces.TryGetValue(traceId, out var trace))
        {
            trace.Revision = ++Revision;
        }
    }

    public static string? RefuseIds(Span span)
    {
        if (!span.TraceId.IsTraceId())
        {
            return "A span's trace id must be 16 bytes, not all zero.";
        }
        return span.SpanId.IsSpanId() ? null : "A span's id must be 8 bytes, not all zero.";
    }

    private string? Refuse(StoredSpan span, long size)
    {
        var trace = Find(span.TraceId);
        if (trace?.Find(span.SpanId) is not null)
        {
            return $"Span {span.SpanId} of trace {span.TraceId} is here already.";
        }
        if (trace?.Count >= limits.SpansPerTrace)
        {
            return $"Trace {span.TraceId} has {trace.Count} spans, as many as it may.";
        }
        return (trace?.Bytes ?? 0) + size > limits.BytesPerTrace
            ? $"Trace {span.TraceId} would take more than {limits.BytesPerTrace} bytes."
            : null;
    }

    private void Evict()
    {
        while (arrivals.Count > limits.Traces || (bytes > limits.TraceBytes && arrivals.Count > 1))
        {
            var oldest = arrivals.Dequeue();
            traces.Remove(oldest.TraceId);
            bytes -= oldest.Bytes;
            foreach (var span in oldest.Spans)
            {
                backLinks.Remove(span);
            }
        }
    }
}
