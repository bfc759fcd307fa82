namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>
/// The places that all sessions of a node share. A session never holds more than what is still free: however many are
/// greedy, the next one finds as much as any of them has.
/// </summary>
internal sealed class PlacePool(int places)
{
    private readonly Lock gate = new();
    private int free = places;

    /// <summary>Places that nobody has.</summary>
    public int Free => Volatile.Read(ref free);

    /// <summary>Takes so many, or none.</summary>
    /// <param name="session">For whom.</param>
    /// <param name="spans">How many; at least 1.</param>
    /// <param name="reserved">Whether those that the shared places lack may come from the session's reserve.</param>
    /// <param name="fromReserve">How many did.</param>
    public bool TryTake(SessionPlaces session, int spans, bool reserved, out int fromReserve)
    {
        fromReserve = 0;

        // Refused without the lock, so that greedy guests do not slow others down. An answer may be old by a moment.
        if (!reserved && spans > Fair(session))
        {
            return false;
        }

        lock (gate)
        {
            var shared = Math.Min(spans, Fair(session));
            if (shared < spans && (!reserved || spans - shared > session.Reserve.Free))
            {
                return false;
            }

            fromReserve = spans - shared;
            session.Reserve.Free -= fromReserve;
            session.Held += shared;
            free -= shared;
            return true;
        }
    }

    /// <summary>Gives places back that no span ever had.</summary>
    public void GiveBack(SessionPlaces session, int shared, int reserved)
    {
        lock (gate)
        {
            session.Reserve.Free += reserved;
            session.Held -= shared;
            free += shared;
        }
    }

    /// <summary>Frees the places of spans that have left the queue.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="lost">Whether they did not arrive; then they count in their session, if it is open.</param>
    /// <returns>How many were lost whose session is closed.</returns>
    public int Release(ReadOnlySpan<QueuedSpan> spans, bool lost)
    {
        var late = 0;
        lock (gate)
        {
            foreach (var span in spans)
            {
                if (span.Reserved)
                {
                    span.Session.Reserve.Free++;
                }
                else
                {
                    span.Session.Held--;
                    free++;
                }

                if (lost && span.Session.IsClosed)
                {
                    late++;
                }
                else if (lost)
                {
                    span.Session.Dropped++;
                }
            }
        }

        return late;
    }

    /// <summary>Closes a session: what it loses from now on is nobody's.</summary>
    /// <returns>How many of its spans were lost so far.</returns>
    public long Close(SessionPlaces session)
    {
        lock (gate)
        {
            session.IsClosed = true;
            return session.Dropped;
        }
    }

    /// <summary>What a session may take: so much that afterwards it holds no more than what is free.</summary>
    private int Fair(SessionPlaces session) => Math.Max(0, (free - session.Held) / 2);
}
