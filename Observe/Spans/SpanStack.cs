using System.Diagnostics;
using WasmAspire.Observe.Calibration;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// The open calls and spans of one run, as a stack of structs. A call that ends short and empty is folded into its
/// parent; any other becomes a span, its ancestors first, with the times they really had. Each enter is counted once:
/// as a span made or as a folded call.
/// </summary>
internal sealed partial class SpanStack
{
    /// <summary>Calls nested deeper are never spans.</summary>
    public const int MaxDepth = 64;

    private readonly SpanMaker maker;
    private readonly SpanBudget budget;
    private readonly CalibratedCost cost;
    private readonly long minimumTicks;
    private readonly Frame[] frames = new Frame[MaxDepth];
    private readonly Stack<FoldTable> freeTables = new(MaxDepth);
    private int depth;

    // What folded outside of all spans belongs to the parent.
    private FoldTable? rootFolds;
    private Activity? parent;
    private bool failing;

    // False where nothing listens or the run is not sampled, and after its end.
    private bool enabled;

    public SpanStack(ObserveOptions options, SpanMaker maker, SpanBudget budget, CalibratedCost cost)
    {
        this.maker = maker;
        this.budget = budget;
        this.cost = cost;
        modules = options.Modules.Count;
        minimumTicks = (long)(options.MinimumDuration.TotalSeconds * Stopwatch.Frequency);
        parent = options.Parent;
        enabled = MakesSpans(options);
    }

    /// <summary>The span that outermost frames are children of.</summary>
    public Activity? Parent
    {
        get => parent;
        set
        {
            if (value != parent)
            {
                TellRootFolds();
                parent = value;
            }
        }
    }

    /// <summary>The time of the calls directly below the innermost frame, in <see cref="Stopwatch"/> ticks.</summary>
    public long TicksBelowInnermost => depth == 0 ? 0 : frames[depth - 1].ChildTicks;

    /// <summary>Calls folded; where there are no spans, all calls.</summary>
    public long Folded { get; private set; }

    /// <summary>Exits without an enter, and tags without a span.</summary>
    public long Unmatched { get; private set; }

    /// <summary>Automatic frames that are open, those too deep for a span included.</summary>
    public long OpenCalls
    {
        get
        {
            var open = deepCalls.Open;
            for (var i = 0; i < depth; i++)
            {
                open += frames[i].IsManual ? 0 : 1;
            }

            return open;
        }
    }

    /// <summary>Whether a session with these options makes spans now: somebody listens, and the run is sampled.</summary>
    public static bool MakesSpans(ObserveOptions options) =>
        ObserveSession.Source.HasListeners() && options.Parent is not { IsAllDataRequested: false };

    public void EnterFunction(int module, int function, ulong fuel)
    {
        SettleGrowth();
        if (!enabled)
        {
            Folded++;

            // Where there are no spans, no call needs to be seen.
            gates?.Find(module, function)?.SkipAll(Stopwatch.GetTimestamp());
        }
        else if (depth == MaxDepth || deepCalls.Open > 0)
        {
            EnterDeep(module, function);
        }
        else
        {
            Push(module, function, name: null, fuel);
        }
    }

    public void ExitFunction(int module, int function, ulong fuel)
    {
        if (!enabled)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        SettleGrowth();
        if (deepCalls.Open > 0)
        {
            ExitDeep(module, function, now);
            return;
        }

        var index = depth - 1;
        while (index >= 0 && (frames[index].Function != function || frames[index].Module != module || frames[index].IsManual))
        {
            index--;
        }

        if (index < 0)
        {
            Unmatched++;
            return;
        }

        // Calls above it that never said exit ended with it; manual spans above it stay open.
        for (var above = depth - 1; above > index; above--)
        {
            if (!frames[above].IsManual)
            {
                Close(above, now, fuel);
            }
        }

        if (gates is not null)
        {
            ref var frame = ref frames[index];
            Judge(module, function, frame.Generation, frame.Start, cost.Now.Own(now - frame.Start, frame.ChildTicks, frame.Children), now);
        }

        Close(index, now, fuel);
    }

    public void EnterSpan(int module, string name, ulong fuel)
    {
        SettleGrowth();
        if (!enabled)
        {
            Folded++;
        }
        else if (depth == MaxDepth || deepSpans > 0)
        {
            deepSpans++;
        }
        else
        {
            Push(module, function: -1, name, fuel);
        }
    }

    public void ExitSpan(ulong fuel)
    {
        if (!enabled)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        SettleGrowth();
        if (deepSpans > 0)
        {
            ExitDeepSpan();
            return;
        }

        var index = InnermostManual();
        if (index < 0)
        {
            Unmatched++;
            return;
        }

        Close(index, now, fuel);
    }

    /// <summary>Tags the innermost manual span, else the innermost call; one that is too deep for a span takes no tags.</summary>
    public void Tag(string text)
    {
        SettleGrowth();
        TellGate();
        if (!enabled || deepSpans > 0)
        {
            return;
        }

        if (depth == 0)
        {
            Unmatched++;
            return;
        }

        var index = InnermostManual();
        ref var frame = ref frames[index < 0 ? depth - 1 : index];
        frame.Tags = SpanTags.Add(frame.Tags, text);
    }

    /// <summary>From now on the places held back for the spans of a failed run may be used.</summary>
    public void Fail() => failing = true;

    /// <summary>Closes all that is open, innermost first, with the error's status if there is one. From now on calls are only counted.</summary>
    public void End(string? error)
    {
        var now = Stopwatch.GetTimestamp();
        SettleGrowth();
        Fold(depth - 1, FoldKey.Other, deepCalls.Open + deepSpans, ticks: 0);
        deepCalls.Clear();
        deepSpans = 0;
        while (depth > 0)
        {
            var index = depth - 1;
            if (error is not null && TryMake(index, 0))
            {
                frames[index].Activity!.SetStatus(ActivityStatusCode.Error, error);
            }
            else if (error is null && frames[index].IsManual && TryMake(index, 0))
            {
                frames[index].Activity!.SetTag("wasm.span.unbalanced", true);
            }

            // The fuel is the guest's last word; nobody knows what was left at its end.
            Close(index, now, frames[index].Fuel);
        }

        TellRootFolds();
        EndGates(now);
        enabled = false;
    }

    private void Push(int module, int function, string? name, ulong fuel)
    {
        ref var frame = ref frames[depth++];
        frame.Module = module;
        frame.Function = function;
        frame.Name = name;
        frame.Fuel = fuel;
        frame.ChildTicks = 0;
        frame.Children = 0;
        frame.CallsBelow = 0;
        frame.Generation = generation;
        frame.Start = Stopwatch.GetTimestamp();
    }

    // What observing the calls below it took must not keep a call.
    private bool IsLong(long duration, long callsBelow) => duration >= minimumTicks && cost.Now.Net(duration, callsBelow) >= minimumTicks;

    private int InnermostManual()
    {
        var index = depth - 1;
        while (index >= 0 && !frames[index].IsManual)
        {
            index--;
        }

        return index;
    }

    private void Close(int index, long now, ulong fuel)
    {
        ref var frame = ref frames[index];
        var duration = now - frame.Start;
        AddChild(index - 1, duration, 1);
        AddCallsBelow(index - 1, frame.CallsBelow + 1);
        if ((index == 0 || frame.MustKeep || IsLong(duration, frame.CallsBelow)) && TryMake(index, 0))
        {
            maker.Stop(ref frame, now, fuel);
            Recycle(ref frame);
        }
        else
        {
            FoldFrame(index, duration);
        }

        // A frame from the middle: what was above it hangs on its parent now.
        Array.Copy(frames, index + 1, frames, index, depth - index - 1);
        depth--;
        ref var free = ref frames[depth];
        free.Activity = null;
        free.Tags = null;
        free.Folds = null;
        free.GrownPages = 0;
    }

    /// <summary>
    /// Makes the span of a frame and those of its ancestors, if there is room for all of them and for as many more as
    /// the caller is about to make.
    /// </summary>
    private bool TryMake(int index, int more)
    {
        var first = index + 1;
        while (first > 0 && frames[first - 1].Activity is null)
        {
            first--;
        }

        var spans = index + 1 - first + more;
        if (spans == 0)
        {
            return true;
        }

        if (!budget.TryTake(spans, root: first == 0 && index == 0, failing))
        {
            return false;
        }

        for (var i = first; i <= index; i++)
        {
            if (!maker.TryMake(ref frames[i], i == 0 ? parent : frames[i - 1].Activity))
            {
                budget.Return(index + 1 - i + more);
                return false;
            }
        }

        return true;
    }
}
