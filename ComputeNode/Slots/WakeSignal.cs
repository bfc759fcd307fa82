namespace WasmAspire.ComputeNode.Slots;

/// <summary>
/// Wakes idle slots. A message that comes between a slot's look into the queue and its wait is not lost: the wait ends
/// at once. One that gets lost on its way costs at most the wait's length.
/// </summary>
internal sealed class WakeSignal(int slots) : IDisposable
{
    private readonly SemaphoreSlim signals = new(0);

    /// <summary>Wakes one slot.</summary>
    public void Wake()
    {
        // More than one for each slot tell nothing; a race past this line costs an extra look.
        if (signals.CurrentCount < slots)
        {
            signals.Release();
        }
    }

    /// <summary>Waits for a message, for half a second to a second: jitter keeps nodes from asking in step.</summary>
    public void Wait(CancellationToken stopping) => signals.Wait(TimeSpan.FromMilliseconds(Random.Shared.Next(500, 1000)), stopping);

    public void Dispose() => signals.Dispose();
}
