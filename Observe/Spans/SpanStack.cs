using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// The open calls and spans of one run, as a stack of structs. A call that ends short and empty is folded into its
/// parent; any other becomes an Activity, its ancestors first, with the times they really had.
/// </summary>
internal sealed class SpanStack
{
    /// <summary>Calls nested deeper are never spans.</summary>
    public const int MaxDepth = 64;

    private readonly ObservedModule module;
    private readonly string moduleName;
    private readonly SpanClock clock;
    private readonly long minimumTicks;
    private readonly int maxSpans;
    private readonly Frame[] frames = new Frame[MaxDepth];
    private int depth;

    // Calls beyond MaxDepth are only counted, so that their exits close nothing else.
    private long deepCalls;
    private long deepSpans;

    private bool enabled;
    private long rootFoldedCalls;
    private long rootFoldedTicks;

    public SpanStack(ObserveOptions options)
    {
        module = options.Module;
        moduleName = options.ModuleName;
        clock = options.Clock;
        minimumTicks = (long)(options.MinimumDuration.TotalSeconds * Stopwatch.Frequency);
        maxSpans = options.MaxSpans;
        Parent = options.Parent;
        enabled = ObserveSession.Source.HasListeners() && options.Parent is not { Recorded: false };
    }

    /// <summary>The span that outermost frames are children of.</summary>
    public Activity? Parent { get; set; }

    /// <summary>Spans made.</summary>
    public long Made { get; private set; }

    /// <summary>Calls folded.</summary>
    public long Folded { get; private set; }

    /// <summary>Exits without an enter.</summary>
    public long Unmatched { get; private set; }

    public void EnterFunction(int function)
    {
        if (!enabled)
        {
            return;
        }

        if (depth == MaxDepth)
        {
            deepCalls++;
            return;
        }

        ref var frame = ref frames[depth++];
        frame = default;
        frame.Function = function;
        frame.Start = Stopwatch.GetTimestamp();
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
            FoldDeep();
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
            return;
        }

        if (depth == MaxDepth)
        {
            deepSpans++;
            return;
        }

        ref var frame = ref frames[depth++];
        frame = default;
        frame.Function = -1;
        frame.Name = name;
        frame.Start = Stopwatch.GetTimestamp();
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
            FoldDeep();
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

    /// <summary>Tags the innermost manual span, else the innermost call.</summary>
    public void Tag(string text)
    {
        if (!enabled || deepSpans > 0 || depth == 0)
        {
            return;
        }

        var index = InnermostManual();
        ref var frame = ref frames[index < 0 ? depth - 1 : index];
        SpanTags.Parse(text, frame.Tags ??= []);
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
            return Parent;
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

        return Parent;
    }

    /// <summary>Closes all that is open, innermost first, with the error's status if there is one.</summary>
    public void CloseAll(string? error)
    {
        var now = Stopwatch.GetTimestamp();
        while (depth > 0)
        {
            if (error is not null && TryMake(depth - 1))
            {
                frames[depth - 1].Activity!.SetStatus(ActivityStatusCode.Error, error);
            }

            Close(depth - 1, now);
        }

        // Those beyond MaxDepth never got a frame.
        Folded += deepCalls + deepSpans;
        rootFoldedCalls += deepCalls + deepSpans;
        deepCalls = deepSpans = 0;
        if (rootFoldedCalls > 0)
        {
            SetFolded(Parent, rootFoldedCalls, rootFoldedTicks);
        }
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
            Stop(ref frame, now);
        }
        else
        {
            Fold(index, duration);
        }

        // A frame from the middle: what was above it hangs on its parent now.
        Array.Copy(frames, index + 1, frames, index, depth - index - 1);
        frames[--depth] = default;
    }

    private void Fold(int index, long duration)
    {
        Folded++;
        var calls = 1 + frames[index].FoldedCalls;
        if (index == 0)
        {
            rootFoldedCalls += calls;
            rootFoldedTicks += duration;
        }
        else
        {
            ref var parent = ref frames[index - 1];
            parent.FoldedCalls += calls;
            // The duration has the folded children's in it already.
            parent.FoldedTicks += duration;
        }
    }

    private void FoldDeep()
    {
        Folded++;
        // Its time is in the deepest frame's already.
        frames[depth - 1].FoldedCalls++;
    }

    /// <summary>Makes the span of a frame and those of its ancestors, if the budget allows all of them.</summary>
    private bool TryMake(int index)
    {
        if (frames[index].Activity is not null)
        {
            return true;
        }

        var first = index;
        while (first > 0 && frames[first - 1].Activity is null)
        {
            first--;
        }

        if (!enabled || Made + (index - first + 1) > maxSpans)
        {
            return false;
        }

        for (var i = first; i <= index; i++)
        {
            if (!Make(ref frames[i], i == 0 ? Parent : frames[i - 1].Activity))
            {
                // Not sampled: nor will any other span of this run be.
                enabled = false;
                return false;
            }
        }

        return true;
    }

    private bool Make(ref Frame frame, Activity? parent)
    {
        var current = Activity.Current;
        Activity.Current = null;
        frame.Activity = ObserveSession.Source.StartActivity(
            frame.Name ?? module.FunctionName(frame.Function),
            ActivityKind.Internal,
            parent?.Context ?? default,
            startTime: clock.ToUtc(frame.Start));
        Activity.Current = current;
        if (frame.Activity is not { } activity)
        {
            return false;
        }

        Made++;
        activity.SetTag("wasm.module", moduleName);
        if (!frame.IsManual)
        {
            activity.SetTag("code.function.name", activity.DisplayName);
            activity.SetTag("wasm.function.index", (long)(uint)frame.Function);
        }

        return true;
    }

    private void Stop(ref Frame frame, long now)
    {
        var activity = frame.Activity!;
        foreach (var (key, value) in frame.Tags ?? [])
        {
            activity.SetTag(key, value);
        }

        if (frame.GrownPages > 0)
        {
            activity.SetTag("wasm.memory.grow", frame.GrownPages);
        }

        if (frame.FoldedCalls > 0)
        {
            SetFolded(activity, frame.FoldedCalls, frame.FoldedTicks);
        }

        var current = Activity.Current;
        activity.SetEndTime(clock.ToUtc(now));
        activity.Stop();
        Activity.Current = current;
    }

    private static void SetFolded(Activity? activity, long calls, long ticks) => activity?
        .SetTag("wasm.folded.calls", calls)
        .SetTag("wasm.folded.duration_us", Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds);
}
