using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>A trace as a tree in lines: parents before children, siblings by their start.</summary>
internal sealed class Waterfall
{
    // more dots than this are one line of dots
    private const int LogPlaces = 200;

    private readonly TraceSnapshot trace;
    private readonly Dictionary<string, StoredSpan> byId;
    private readonly ILookup<string?, StoredSpan> children;
    private readonly ILookup<string?, StoredLog> logs;
    private readonly HashSet<StoredSpan> placed = [];
    private readonly List<WaterfallRow> rows = [];

    private Waterfall(TraceSnapshot trace)
    {
        this.trace = trace;
        byId = trace.Spans.ToDictionary(span => span.SpanId);
        children = trace.Spans.OrderBy(span => span.Start).ToLookup(span => span.ParentSpanId);
        logs = trace.Logs.ToLookup(log => log.SpanId);
    }

    public IReadOnlyList<WaterfallRow> Rows => rows;

    /// <summary>The number of levels.</summary>
    public int Depth => rows.Count == 0 ? 0 : rows.Max(row => row.Depth) + 1;

    public static Waterfall Of(TraceSnapshot trace)
    {
        var waterfall = new Waterfall(trace);
        waterfall.Place([.. trace.Spans.Where(waterfall.IsRoot).OrderBy(span => span.Start)]);
        // what is left goes round in circles: each span's parent is its own descendant
        foreach (var span in trace.Spans.OrderBy(span => span.Start))
        {
            if (!waterfall.placed.Contains(span))
            {
                waterfall.Place([span]);
            }
        }
        return waterfall;
    }

    private bool IsRoot(StoredSpan span) => span.ParentSpanId is not { } parent || !byId.ContainsKey(parent);

    /// <summary>Without recursion: a trace may be one chain of 20,000 spans.</summary>
    private void Place(IReadOnlyList<StoredSpan> roots)
    {
        var open = new Stack<(IReadOnlyList<StoredSpan> Siblings, int Next, int Depth)>();
        open.Push((roots, 0, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Siblings.Count)
            {
                continue;
            }
            open.Push(level with { Next = level.Next + 1 });
            var span = level.Siblings[level.Next];
            if (placed.Add(span))
            {
                rows.Add(Row(span, level.Depth, level.Next + 1, level.Siblings.Count));
                open.Push(([.. children[span.SpanId]], 0, level.Depth + 1));
            }
        }
    }

    private WaterfallRow Row(StoredSpan span, int depth, int position, int siblings) => new(
        span, depth, position, siblings,
        span.ParentSpanId is { } parent && !byId.ContainsKey(parent),
        Percent(span.Start),
        Percent(span.End) - Percent(span.Start),
        Places(span));

    private IReadOnlyList<(double At, LogSeverity Severity)> Places(StoredSpan span) =>
    [
        .. logs[span.SpanId]
            .GroupBy(log => Math.Round(Percent(log.Time), 1))
            .Select(place => (place.Key, place.Max(log => log.Severity)))
            .OrderBy(place => place.Key)
            .Take(LogPlaces),
    ];

    /// <summary>Clocks of other machines put a log outside of the trace now and then: it shows at the edge.</summary>
    private double Percent(ulong time)
    {
        var (start, duration) = (trace.Summary.Start, trace.Summary.Duration);
        return duration == 0 || time <= start ? 0 : Math.Min(100, 100.0 * (time - start) / duration);
    }
}
