namespace WasmAspire.Observe.Spans;

/// <content>What becomes of calls that are no spans.</content>
internal sealed partial class SpanStack
{
    private void FoldFrame(int index, long duration)
    {
        ref var frame = ref frames[index];
        // The time of what was re-hung is in two frames.
        Fold(index - 1, frame.Key, 1, Math.Max(0, duration - frame.ChildTicks));
        if (frame.Folds is not { } below)
        {
            return;
        }

        Folds(index - 1).Add(below);
        Recycle(ref frame);
    }

    /// <summary>Counts calls as folded into a frame; below 0 is outside of all.</summary>
    private void Fold(int index, in FoldKey key, long calls, long ticks)
    {
        if (calls > 0)
        {
            Folded += calls;
            Folds(index).Add(key, calls, ticks);
        }
    }

    private FoldTable Folds(int index)
    {
        ref var folds = ref index < 0 ? ref rootFolds : ref frames[index].Folds;
        return folds ??= freeTables.TryPop(out var free) ? free : new FoldTable();
    }

    private void Recycle(ref Frame frame)
    {
        if (frame.Folds is { } table)
        {
            table.Clear();
            freeTables.Push(table);
            frame.Folds = null;
        }
    }

    /// <summary>Adds the time of what was directly below a frame.</summary>
    /// <param name="index">The frame; below 0 is outside of all.</param>
    /// <param name="ticks">How long it took.</param>
    /// <param name="calls">1 for a call or span of the guest, 0 for what came without a pair of host calls.</param>
    private void AddChild(int index, long ticks, int calls)
    {
        if (index >= 0)
        {
            frames[index].ChildTicks += ticks;
            frames[index].Children += calls;
        }
    }

    private void AddCallsBelow(int index, long calls)
    {
        if (index >= 0)
        {
            frames[index].CallsBelow += calls;
        }
    }

    private void TellRootFolds()
    {
        if (rootFolds is { Calls: > 0 } && parent is { } activity)
        {
            maker.SetFolded(activity, rootFolds);
        }

        rootFolds?.Clear();
    }
}
