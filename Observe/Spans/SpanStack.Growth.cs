using Wasmtime;

namespace WasmAspire.Observe.Spans;

/// <content>
/// Growth of the guest's memory. A guest announces it before it happens, and it may fail: so the size is compared at the
/// next event, when the frame that grew is still the innermost one, for its exit would be an event.
/// </content>
internal sealed partial class SpanStack
{
    private Memory? growing;
    private long sizeBefore;
    private uint announced;

    /// <summary>Notes that memory is about to grow.</summary>
    /// <param name="pages">By how many pages.</param>
    /// <param name="memory">Which memory; null where that cannot be told: then the growth counts as announced.</param>
    public void Grow(uint pages, Memory? memory)
    {
        SettleGrowth();
        if (!enabled || depth == 0)
        {
            return;
        }

        if (memory is null)
        {
            AddGrowth(pages);
            return;
        }

        growing = memory;
        sizeBefore = memory.GetSize();
        announced = pages;
    }

    /// <summary>Counts what memory has grown by since it was announced. Each event of the guest begins with it.</summary>
    private void SettleGrowth()
    {
        if (growing is { } memory)
        {
            growing = null;
            AddGrowth(PagesSince(memory));
        }
    }

    private long PagesSince(Memory memory)
    {
        try
        {
            return memory.GetSize() - sizeBefore;
        }
        catch (ObjectDisposedException)
        {
            // The store is gone before the session's end.
            return announced;
        }
    }

    private void AddGrowth(long pages)
    {
        if (pages > 0 && depth > 0)
        {
            frames[depth - 1].GrownPages += pages;
            TellGate();
        }
    }
}
