using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <content>What can be asked.</content>
internal sealed partial class TelemetryStore
{
    private static readonly RepeatedField<KeyValue> NoAttributes = [];

    /// <summary>Changes whenever the list of traces would show something new.</summary>
    public long Revision
    {
        get
        {
            lock (gate)
            {
                return traces.Revision;
            }
        }
    }

    /// <summary>In order of appearance.</summary>
    public IReadOnlyList<StoredResource> Resources
    {
        get
        {
            lock (gate)
            {
                return [.. resources.All];
            }
        }
    }

    public IReadOnlyList<StoredInstrument> Instruments(ResourceKey resource)
    {
        lock (gate)
        {
            return [.. metrics.All.Where(instrument => instrument.Resource.Key == resource)];
        }
    }

    /// <summary>The points of an instrument, oldest first; none where it is not here.</summary>
    public IReadOnlyList<MetricPoint> Points(StoredInstrument instrument)
    {
        lock (gate)
        {
            return [.. instrument.Points];
        }
    }

    /// <summary>Newest first, by the start of the trace.</summary>
    public IReadOnlyList<TraceSummary> Traces(TraceFilter filter)
    {
        List<(TraceSummary Summary, StoredSpan[] Spans)> matching;
        lock (gate)
        {
            matching =
            [
                .. traces.All.Where(trace => filter.Matches(trace.Summary))
                    .Select(trace => (trace.Summary, filter.Search.IsEmpty ? Array.Empty<StoredSpan>() : [.. trace.Spans])),
            ];
        }
        // reading all text takes time, in which others need not wait
        return [.. matching.Where(trace => filter.Search.IsEmpty || Array.Exists(trace.Spans, filter.Search.Matches)).Select(trace => trace.Summary).OrderByDescending(summary => summary.Start)];
    }

    /// <summary>0 where the trace is not here; else it changes whenever the trace's page would show something new.</summary>
    public long TraceRevision(string traceId)
    {
        lock (gate)
        {
            return traces.Find(traceId)?.Revision ?? 0;
        }
    }

    /// <summary>Null where the trace is not here.</summary>
    public TraceSnapshot? Trace(string traceId)
    {
        lock (gate)
        {
            return traces.Find(traceId) is { } trace ? new(trace.Summary, [.. trace.Spans], [.. logs.OfTrace(traceId)]) : null;
        }
    }

    /// <summary>Null where the span is not here.</summary>
    public SpanSnapshot? Span(string traceId, string spanId)
    {
        lock (gate)
        {
            if (traces.Find(traceId)?.Find(spanId) is not { } span)
            {
                return null;
            }
            return new(
                span,
                span.ParentSpanId is { } parent ? traces.Find(traceId)!.Find(parent) : null,
                [.. logs.OfTrace(traceId).Where(log => log.SpanId == spanId).OrderBy(log => log.Time)],
                [.. span.Message.Links.Select(link => Linked(new(Convert.ToHexStringLower(link.TraceId.Span), Convert.ToHexStringLower(link.SpanId.Span)), link.Attributes))],
                [.. traces.LinksTo(traceId, spanId).Select(reference => Linked(reference, NoAttributes))]);
        }
    }

    /// <summary>The newest <paramref name="limit"/> of those that match, oldest first; and how many match.</summary>
    public (IReadOnlyList<StoredSpan> Spans, int Total) Spans(SpanFilter filter, int limit)
    {
        StoredSpan[] all;
        lock (gate)
        {
            all = [.. AllSpans];
        }
        return Newest(all.Where(filter.Matches).OrderBy(span => span.Start), limit);
    }

    /// <inheritdoc cref="Spans"/>
    public (IReadOnlyList<StoredLog> Logs, int Total) Logs(LogFilter filter, int limit)
    {
        StoredLog[] all;
        lock (gate)
        {
            all = [.. logs.All];
        }
        return Newest(all.Where(filter.Matches).OrderBy(log => log.Time), limit);
    }

    /// <summary>Those that are here, then each that comes, until cancelled.</summary>
    public IAsyncEnumerable<StoredSpan> FollowSpans(SpanFilter filter, CancellationToken cancellationToken) =>
        Follow(spanSubscribers, () => AllSpans, filter.Matches, cancellationToken);

    /// <inheritdoc cref="FollowSpans"/>
    public IAsyncEnumerable<StoredLog> FollowLogs(LogFilter filter, CancellationToken cancellationToken) =>
        Follow(logSubscribers, () => logs.All, filter.Matches, cancellationToken);

    private IEnumerable<StoredSpan> AllSpans => traces.All.SelectMany(trace => trace.Spans);

    private static (IReadOnlyList<T> Items, int Total) Newest<T>(IEnumerable<T> oldestFirst, int limit)
    {
        List<T> items = [.. oldestFirst];
        return (items[^Math.Min(limit, items.Count)..], items.Count);
    }

    private LinkedSpan Linked(SpanReference reference, RepeatedField<KeyValue> attributes) =>
        new(reference, traces.Find(reference.TraceId)?.Find(reference.SpanId), attributes);

    private async IAsyncEnumerable<T> Follow<T>(
        Subscribers<T> subscribers, Func<IEnumerable<T>> present, Func<T, bool> matches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<T> here;
        Channel<T> coming;
        lock (gate)
        {
            // in one step, so that nothing comes twice or falls between
            here = [.. present()];
            coming = subscribers.Add();
        }
        try
        {
            foreach (var item in here.Where(matches))
            {
                yield return item;
            }
            await foreach (var item in coming.Reader.ReadAllAsync(cancellationToken))
            {
                if (matches(item))
                {
                    yield return item;
                }
            }
        }
        finally
        {
            lock (gate)
            {
                subscribers.Remove(coming);
            }
        }
    }
}
