namespace WasmAspire.Observe.Spans;

/// <content>Calls below <see cref="MaxDepth"/>: they pair up and fold, and are no spans.</content>
internal sealed partial class SpanStack
{
    // While one is open, all newer ones of its kind are too deep as well: so the newest is always one of them.
    private readonly DeepCalls deepCalls = new();
    private long deepSpans;

    private void EnterDeep(int module, int function)
    {
        if (!deepCalls.Push(module, function, generation))
        {
            // Its time is in that of calls that are timed.
            generation++;
        }
    }

    private void ExitDeep(int module, int function, long now)
    {
        var timed = deepCalls.IsTimed;
        var call = timed ? deepCalls.Newest : default;
        deepCalls.Pop();
        long self = 0;
        if (timed)
        {
            var duration = now - call.Start;
            self = Math.Max(0, duration - call.ChildTicks);
            AddToInnermost(duration, 1);
            if (gates is not null && call.Function == function && call.Module == module)
            {
                Judge(module, function, call.Generation, call.Start, cost.Now.Own(duration, call.ChildTicks, call.Children), now);
            }
        }

        AddCallsBelow(depth - 1, 1);
        Fold(depth - 1, new FoldKey(module, function, null), 1, self);
    }

    private void ExitDeepSpan()
    {
        deepSpans--;

        // It was not timed; but what observing it took is known.
        AddToInnermost(0, 1);
        AddCallsBelow(depth - 1, 1);
        Fold(depth - 1, FoldKey.Other, 1, ticks: 0);
    }

    /// <summary>Adds the time of what was directly below the innermost call, as <see cref="AddChild"/>.</summary>
    private void AddToInnermost(long ticks, int calls)
    {
        if (deepCalls.IsTimed)
        {
            ref var innermost = ref deepCalls.Newest;
            innermost.ChildTicks += ticks;
            innermost.Children += calls;
        }
        else if (deepCalls.Open == 0)
        {
            AddChild(depth - 1, ticks, calls);
        }
    }
}
