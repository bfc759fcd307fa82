using System.Runtime.CompilerServices;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Events;

/// <summary>Hands out what Redis tells of changing states, to any number of listeners.</summary>
internal sealed class JobEvents
{
    // Pub/sub may lose a message: whoever waits looks again this often.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly JobStore store;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<JobListener> listeners = [];

    public JobEvents(JobStore store, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        this.store = store;
        this.time = time;
        Stopping = lifetime.ApplicationStopping;
        store.OnChanged((id, state) => Tell(new JobEvent(id, state)));
    }

    /// <summary>Ends all waiting when the service stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Tells a new listener of each change from now on.</summary>
    public JobListener Listen()
    {
        var listener = new JobListener(Remove);
        lock (gate)
        {
            listeners.Add(listener);
        }

        return listener;
    }

    /// <summary>The job as soon as it is final, or as it is when the time is over or the service stops; null where there is none of this id.</summary>
    public async Task<JobRecord?> WaitForFinalAsync(string id, TimeSpan timeout, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation, Stopping);
        // Listen first, then look: a change between the two is told.
        using var listener = Listen();
        while (true)
        {
            var job = await store.GetAsync(id);
            if (job is null or { IsFinal: true } || end.IsCancellationRequested)
            {
                return job;
            }

            using var look = new CancellationTokenSource(LookAgain, time);
            using var next = CancellationTokenSource.CreateLinkedTokenSource(look.Token, end.Token);
            while (await listener.ReadAsync(next.Token) is { } change && change.Id != id)
            {
            }
        }
    }

    /// <summary>What a job writes, from the beginning on, as it comes; ends when the job is final or the service stops.</summary>
    public async IAsyncEnumerable<byte[]> FollowOutputAsync(string id, OutputStream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const int MaxPiece = 1 << 20;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Stopping);
        // Not disposed: a message may still be on its way when nobody listens any more.
        var written = new SemaphoreSlim(0);
        var leave = await store.OnOutputAsync(id, () =>
        {
            if (written.CurrentCount == 0)
            {
                written.Release();
            }
        });
        try
        {
            var offset = 0L;
            while (!end.IsCancellationRequested)
            {
                // The state first: what is written before the end is there when the end is seen.
                var job = await store.GetAsync(id);
                while (await store.GetOutputAsync(id, stream, offset, MaxPiece) is { Length: > 0 } piece)
                {
                    offset += piece.Length;
                    yield return piece;
                }

                if (job is null or { IsFinal: true })
                {
                    yield break;
                }

                await WaitAsync(written, end.Token);
            }
        }
        finally
        {
            await leave();
        }
    }

    /// <summary>Waits for a signal, and no longer than until it is time to look again.</summary>
    private async Task WaitAsync(SemaphoreSlim signal, CancellationToken end)
    {
        using var look = new CancellationTokenSource(LookAgain, time);
        using var next = CancellationTokenSource.CreateLinkedTokenSource(look.Token, end);
        try
        {
            await signal.WaitAsync(next.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Tell(JobEvent change)
    {
        lock (gate)
        {
            listeners.ForEach(listener => listener.Tell(change));
        }
    }

    private void Remove(JobListener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
        }
    }
}
