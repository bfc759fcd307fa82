using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Links the other way round: which spans point at this one.</summary>
internal sealed class BackLinks
{
    private readonly Dictionary<SpanReference, HashSet<SpanReference>> sources = [];

    public IReadOnlyCollection<SpanReference> To(SpanReference target) => sources.GetValueOrDefault(target) ?? [];

    /// <summary>The ids of the traces that the span's links point into.</summary>
    public IEnumerable<string> Add(StoredSpan span)
    {
        foreach (var target in Targets(span))
        {
            if (!sources.TryGetValue(target, out var references))
            {
                sources[target] = references = [];
            }
            references.Add(new(span.TraceId, span.SpanId));
        }
        return Targets(span).Select(target => target.TraceId);
    }

    public void Remove(StoredSpan span)
    {
        foreach (var target in Targets(span))
        {
            if (sources.TryGetValue(target, out var references) && references.Remove(new(span.TraceId, span.SpanId)) && references.Count == 0)
            {
                sources.Remove(target);
            }
        }
    }

    private static IEnumerable<SpanReference> Targets(StoredSpan span) =>
        span.Message.Links.Where(IsWhole).Select(link => new SpanReference(Convert.ToHexStringLower(link.TraceId.Span), Convert.ToHexStringLower(link.SpanId.Span)));

    private static bool IsWhole(Span.Types.Link link) => link.TraceId.IsTraceId() && link.SpanId.IsSpanId();
}
