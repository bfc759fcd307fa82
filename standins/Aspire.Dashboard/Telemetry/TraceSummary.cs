namespace Aspire.Dashboard.Telemetry;

/// <summary>One line of the list of traces.</summary>
internal sealed record TraceSummary(
    string TraceId, StoredSpan Root, bool IsRootMissing, ulong Start, ulong Duration, int SpanCount, int ErrorCount, IReadOnlyList<ResourceShare> Resources)
{
    /// <summary>The name of a trace is its root's; the earliest of the spans without a parent here stands in for a root that has not come.</summary>
    public static TraceSummary Of(string traceId, IReadOnlyDictionary<string, StoredSpan> spans)
    {
        StoredSpan? root = null;
        StoredSpan? orphan = null;
        StoredSpan? first = null;
        ulong start = ulong.MaxValue, end = 0;
        var shares = new Dictionary<StoredResource, ResourceShare>();
        foreach (var span in spans.Values)
        {
            start = Math.Min(start, span.Start);
            end = Math.Max(end, span.End);
            first = Earlier(first, span);
            if (span.ParentSpanId is null)
            {
                root = Earlier(root, span);
            }
            else if (!spans.ContainsKey(span.ParentSpanId))
            {
                orphan = Earlier(orphan, span);
            }
            var share = shares.GetValueOrDefault(span.Resource) ?? new(span.Resource, span.Start, 0, 0);
            shares[span.Resource] = share with
            {
                FirstStart = Math.Min(share.FirstStart, span.Start),
                Spans = share.Spans + 1,
                Errors = share.Errors + (span.IsError ? 1 : 0),
            };
        }
        return new(
            traceId, root ?? orphan ?? first!, root is null, start, end - start, spans.Count,
            shares.Values.Sum(share => share.Errors), [.. shares.Values.OrderBy(share => share.FirstStart)]);
    }

    private static StoredSpan Earlier(StoredSpan? one, StoredSpan other) => one is null || other.Start < one.Start ? other : one;
}
