using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <content>What hangs on the innermost span: logs, measurements, calls of host functions.</content>
internal sealed partial class SpanStack
{
    /// <summary>A call of a host function that has just ended: a span by the same rules, but never a root.</summary>
    public void HostCall<TState>(string name, long start, in TState state, Action<Activity, TState> describe)
    {
        Hear();
        if (!enabled)
        {
            Folded++;
            return;
        }

        var now = Stopwatch.GetTimestamp();
        start = Math.Clamp(start, depth == 0 ? 0 : frames[depth - 1].Start, now);
        var ticks = now - start;
        var deep = deepCalls.Open > 0 || deepSpans > 0 || depth == MaxDepth;
        var orphan = depth == 0 && parent is null;
        if (!deep && !orphan && ticks >= minimumTicks && TryMake(depth - 1, 1))
        {
            if (maker.TryMakeHostCall(name, start, depth == 0 ? parent : frames[depth - 1].Activity) is { } activity)
            {
                describe(activity, state);
                maker.Stop(activity, now);
                AddChild(depth - 1, ticks, 0);
                return;
            }

            budget.Return(1);
        }

        AddToInnermost(ticks, 0);
        Fold(depth - 1, new FoldKey(-1, -1, name), 1, ticks);
    }

    /// <summary>The innermost span, made if need be, for a log line to hang on; else the nearest that is made; else the parent.</summary>
    public Activity? Innermost()
    {
        if (!enabled || depth == 0 || TryMake(depth - 1, 0))
        {
            return depth == 0 || !enabled ? parent : frames[depth - 1].Activity;
        }

        return NearestMade();
    }

    /// <summary>The innermost span that is made; else the parent. Makes none.</summary>
    public Activity? NearestMade()
    {
        for (var index = depth - 1; index >= 0; index--)
        {
            if (frames[index].Activity is { } made)
            {
                return made;
            }
        }

        return parent;
    }
}
