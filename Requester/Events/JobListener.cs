using System.Threading.Channels;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Events;

/// <summary>One who is told of changing states, from <see cref="JobEvents.Listen"/> until disposed.</summary>
internal sealed class JobListener(Action<JobListener> remove) : IDisposable
{
    // Who is slower than this loses the oldest: what it shows is read anew anyway.
    private const int Backlog = 256;

    private readonly Channel<JobEvent> channel = Channel.CreateBounded<JobEvent>(
        new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Puts a change at the end; never waits.</summary>
    public void Tell(JobEvent change) => channel.Writer.TryWrite(change);

    /// <summary>The next change, or null when the time is over.</summary>
    public async Task<JobEvent?> ReadAsync(CancellationToken end)
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

    /// <inheritdoc/>
    public void Dispose() => remove(this);
}
