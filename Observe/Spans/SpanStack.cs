using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// The open calls and spans of one run, as a stack of structs. A call that ends short and empty is folded into its
/// parent; any other becomes a span, its ancestors first, with the times they really had. Each enter is counted once:
/// as a span made or as a folded call.
/// </summary>
internal sealed class SpanStack
{
    /// <summary>Calls nested deeper are never spans.</summary>
    public const int MaxDepth = 64;

    private readonly SpanMaker maker;
    private readonly long minimumTicks;
    private readonly Frame[] frames = new Frame[MaxDepth];
    private int depth;

    // Calls beyond MaxDepth are only counted, so that their exits close nothing else. While one is open, all newer ones of
    // its kind are counted too: so the newest is always the counted one.
    private long deepCalls;
    private long deepSpans;

    private Activity? parent;
    private long rootFoldedCalls;
    private long rootFoldedTicks;

    // False where nothing listens or the run is not sampled, and after its end.
    private bool enabled;

    public SpanStack(ObserveOptions options, SpanMaker maker)
    {
        this.maker = maker;
        minimumTicks = (long)(options.MinimumDuration.TotalSeconds * Stopwatch.Frequency);
        parent = options.Parent;
        enabled = ObserveSession.Source.HasListeners() && options.Parent is not { IsAllDataRequested: false };
    }

    /// <summary>The span that outermost frames are children of.</summary>
    public Activity? Parent
    {
        get => parent;
        set
        {
            if (value != parent)
            {
                TellRootFolded();
                parent = value;
            }
        }
    }

    /// <summary>Calls folded; where there are no spans, all calls.</summary>
    public long Folded { get; private set; }

    /// <summary>Exits without an enter, and tags without a span.</summary>
    public long Unmatched { get; private set; }

    public void EnterFunction(int function)
    {
        if (!enabled)
        {
            Folded++;
        }
        else if (depth == MaxDepth || deepCalls > 0)
        {
            deepCalls++;
        }
        else
        {
            Push(function, name: null);
        }
    }

    public void ExitFunction(int function)
    {
        if (!enabled)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (deepCalls > 0)
        {
            deepCalls--;
            FoldDeep(1);
            return;
        }

        var index = depth - 1;
        while (index >= 0 && (frames[index].IsManual || frames[index].Function != function))
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
                Close(above, now);
            }
        }

        Close(index, now);
    }

    public void EnterSpan(string name)
    {
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
            Push(function: -1, name);
        }
    }

    public void ExitSpan()
    {
        if (!enabled)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (deepSpans > 0)
        {
            deepSpans--;
            FoldDeep(1);
            return;
        }

        var index = InnermostManual();
        if (index < 0)
        {
            Unmatched++;
            return;
        }

        Close(index, now);
    }

    /// <summary>Tags the innermost manual span, else the innermost call; one that is too deep for a span takes no tags.</summary>
    public void Tag(string text)
    {
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

    /// <summary>Notes that memory is about to grow by so many pages.</summary>
    public void Grow(uint pages)
    {
        if (enabled && depth > 0)
        {
            frames[depth - 1].GrownPages += pages;
        }
    }

    /// <summary>The innermost span, made if need be, for a log line to hang on; the parent where there is none or no place for one.</summary>
    public Activity? Innermost()
    {
        if (!enabled || depth == 0)
        {
            return parent;
        }

        if (TryMake(depth - 1))
        {
            return frames[depth - 1].Activity;
        }

        for (var index = depth - 1; index >= 0; index--)
        {
            if (frames[index].Activity is { } made)
            {
                return made;
            }
        }

        return parent;
    }

    /// <summary>Closes all that is open, innermost first, with the error's status if there is one. From now on calls are only counted.</summary>
    public void End(string? error)
    {
        var now = Stopwatch.GetTimestamp();
        FoldDeep(deepCalls + deepSpans);
        deepCalls = deepSpans = 0;
        while (depth > 0)
        {
            if (error is not null && TryMake(depth - 1))
            {
                frames[depth - 1].Activity!.SetStatus(ActivityStatusCode.Error, error);
            }

            Close(depth - 1, now);
        }

        TellRootFolded();
        enabled = false;
    }

    private void Push(int function, string? name)
    {
        ref var frame = ref frames[depth++];
        frame.Function = function;
        frame.Name = name;
        frame.Start = Stopwatch.GetTimestamp();
    }

    private int InnermostManual()
    {
        var index = depth - 1;
        while (index >= 0 && !frames[index].IsManual)
        {
            index--;
        }

        return index;
    }

    private void Close(int index, long now)
    {
        ref var frame = ref frames[index];
        var duration = now - frame.Start;
        if ((index == 0 || frame.MustKeep || duration >= minimumTicks) && TryMake(index))
        {
            maker.Stop(ref frame, now);
        }
        else
        {
            Folded++;
            // The duration has the folded children's in it already.
            FoldInto(index - 1, 1 + frame.FoldedCalls, duration);
        }

        // A frame from the middle: what was above it hangs on its parent now.
        Array.Copy(frames, index + 1, frames, index, depth - index - 1);
        frames[--depth] = default;
    }

    private void FoldDeep(long calls)
    {
        Folded += calls;
        // Their time is in the innermost frame's already.
        FoldInto(depth - 1, calls, ticks: 0);
    }

    private void FoldInto(int index, long calls, long ticks)
    {
        if (index < 0)
        {
            rootFoldedCalls += calls;
            rootFoldedTicks += ticks;
        }
        else
        {
            frames[index].FoldedCalls += calls;
            frames[index].FoldedTicks += ticks;
        }
    }

    private void TellRootFolded()
    {
        if (rootFoldedCalls > 0)
        {
            SpanMaker.SetFolded(parent, rootFoldedCalls, rootFoldedTicks);
            rootFoldedCalls = rootFoldedTicks = 0;
        }
    }

    /// <summary>Makes the span of a frame and those of its ancestors, if the budget allows all of them.</summary>
    private bool TryMake(int index)
    {
        var first = index + 1;
        while (first > 0 && frames[first - 1].Activity is null)
        {
            first--;
        }

        if (!maker.HasRoomFor(index + 1 - first))
        {
            return false;
        }

        for (var i = first; i <= index; i++)
        {
            if (!maker.TryMake(ref frames[i], i == 0 ? parent : frames[i - 1].Activity))
            {
                return false;
            }
        }

        return true;
    }
}
