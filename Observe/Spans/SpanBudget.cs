namespace WasmAspire.Observe.Spans;

/// <summary>How many spans a run may still make: its own limit, and the places of what carries them on.</summary>
internal sealed class SpanBudget(int maxSpans, ISpanAdmission? admission)
{
    /// <summary>Held back for the spans that are open when a run fails; at most a tenth of all.</summary>
    private const int HeldBack = 128;

    private readonly int unreserved = maxSpans - Math.Min(HeldBack, maxSpans / 10);

    /// <summary>Spans made.</summary>
    public long Made { get; private set; }

    /// <summary>Takes so many, or none.</summary>
    /// <param name="spans">A span and its ancestors that are not made yet.</param>
    /// <param name="root">Whether it is an outermost span.</param>
    /// <param name="failing">Whether the run has failed.</param>
    public bool TryTake(int spans, bool root, bool failing)
    {
        if (Made + spans > (failing ? maxSpans : unreserved) || admission?.TryTake(spans, root || failing) == false)
        {
            return false;
        }

        Made += spans;
        return true;
    }

    /// <summary>Gives those back that were not made.</summary>
    public void Return(int spans)
    {
        Made -= spans;
        admission?.GiveBack(spans);
    }
}
