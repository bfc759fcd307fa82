using WasmAspire.Observe;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>
/// The places of one session in the queue. It belongs to the thread that the guest runs on, and is that thread's
/// <see cref="Current"/> until it is disposed: spans end on the thread of their session, so the queue knows whose they are.
/// </summary>
internal sealed class SessionPlaces : ISpanAdmission, IDisposable
{
    [ThreadStatic]
    private static SessionPlaces? current;

    private readonly GuestSpanQueue queue;
    private readonly PlacePool pool;

    // Places taken whose spans have not ended.
    private int shared;
    private int reserved;

    public SessionPlaces(GuestSpanQueue queue, PlacePool pool, PlaceReserve reserve)
    {
        this.queue = queue;
        this.pool = pool;
        Reserve = reserve;
    }

    /// <summary>The places of the session that runs on this thread.</summary>
    public static SessionPlaces? Current => current;

    /// <summary>The places of its slot.</summary>
    public PlaceReserve Reserve { get; }

    /// <summary>Shared places that are its own or its spans'. Under the pool's lock, as the next two.</summary>
    public int Held { get; set; }

    /// <summary>Spans lost while it was open.</summary>
    public long Dropped { get; set; }

    /// <summary>Whether its losses have been told.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Makes it the session of this thread.</summary>
    public void Enter() => current = this;

    /// <summary>Whether its spans go to this queue.</summary>
    public bool IsOf(GuestSpanQueue candidate) => queue == candidate;

    /// <inheritdoc/>
    public bool TryTake(int spans, bool reserved)
    {
        if (!pool.TryTake(this, spans, reserved, out var fromReserve))
        {
            return false;
        }

        shared += spans - fromReserve;
        this.reserved += fromReserve;
        return true;
    }

    /// <inheritdoc/>
    public void GiveBack(int spans)
    {
        // The reserve first: it is what the session may need most.
        var fromReserve = Math.Min(spans, reserved);
        var fromShared = Math.Min(spans - fromReserve, shared);
        reserved -= fromReserve;
        shared -= fromShared;
        pool.GiveBack(this, fromShared, fromReserve);
    }

    /// <summary>Gives a place that was taken to a span that has ended.</summary>
    /// <param name="fromReserve">Whether it is of the reserve.</param>
    /// <returns>False where there is none: nobody asked for the span's.</returns>
    public bool TrySpend(out bool fromReserve)
    {
        fromReserve = shared == 0;
        if (!fromReserve)
        {
            shared--;
        }
        else if (reserved > 0)
        {
            reserved--;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Ends the count of its losses; later ones count in the node's metric.</summary>
    /// <returns>How many of its spans were lost.</returns>
    public long Close() => pool.Close(this);

    /// <summary>Gives the places back whose spans never ended, and leaves the thread.</summary>
    public void Dispose()
    {
        current = null;
        GiveBack(shared + reserved);
        if (!IsClosed)
        {
            queue.CountLost(Close());
        }
    }
}
