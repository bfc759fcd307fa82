using System.Threading.Channels;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Who follows new items. A slow one loses the oldest that it has not read. Not synchronized.</summary>
internal sealed class Subscribers<T>
{
    private const int Backlog = 1_000;

    private readonly List<Channel<T>> channels = [];

    public Channel<T> Add()
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        channels.Add(channel);
        return channel;
    }

    public void Remove(Channel<T> channel) => channels.Remove(channel);

    public void Publish(T item)
    {
        foreach (var channel in channels)
        {
            channel.Writer.TryWrite(item);
        }
    }
}
