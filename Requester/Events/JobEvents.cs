using System.Runtime.CompilerServices;
using System.Threading.Channels;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Events;

/// <summary>Hands out what Redis tells of changing states, to any number of listeners. All of them end when the service stops.</summary>
internal sealed class JobEvents
{
    // A listener that is slower than this loses the oldest: what it shows is read anew anyway.
    private const int Backlog = 256;

    // Pub/sub may lose a message: whoever waits looks again this often.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly JobStore store;
    private readonly CancellationToken stopping;
    private readonly Lock gate = new();
    private readonly List<Channel<JobEvent>> listeners = [];

    public JobEvents(JobStore store, IHostApplicationLifetime lifetime)
    {
        this.store = store;
        stopping = lifetime.ApplicationStopping;
        store.OnChanged(Publish);
    }

    /// <summary>Each change of a state from now on, until cancelled.</summary>
    public async IAsyncEnumerable<JobEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        var channel = Add();
        try
        {
            while (await ReadAsync(channel, end.Token) is { } change)
            {
                yield return change;
            }
        }
        finally
        {
            Remove(channel);
        }
    }

    /// <summary>The job as soon as it is final, or as it is when the time is over; null where there is none of this id.</summary>
    public async Task<JobRecord?> WaitForFinalAsync(string id, TimeSpan timeout, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        end.CancelAfter(timeout);
        // Listen first, then look: a change between the two is in the channel.
        var channel = Add();
        try
        {
            while (true)
            {
                var job = await store.GetAsync(id);
                if (job is null or { IsFinal: true } || end.IsCancellationRequested)
                {
                    return job;
                }

                using var look = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                look.CancelAfter(LookAgain);
                while (await ReadAsync(channel, look.Token) is { } change && change.Id != id)
                {
                }
            }
        }
        finally
        {
            Remove(channel);
        }
    }

    /// <summary>The next event, or null when the time is over.</summary>
    private static async Task<JobEvent?> ReadAsync(Channel<JobEvent> channel, CancellationToken end)
    {
        try
        {
            return await channel.Reader.ReadAsync(end);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Publish(string id, JobState state)
    {
        lock (gate)
        {
            listeners.ForEach(channel => channel.Writer.TryWrite(new JobEvent(id, state)));
        }
    }

    private Channel<JobEvent> Add()
    {
        var channel = Channel.CreateBounded<JobEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            listeners.Add(channel);
        }

        return channel;
    }

    private void Remove(Channel<JobEvent> channel)
    {
        lock (gate)
        {
            listeners.Remove(channel);
        }
    }
}
