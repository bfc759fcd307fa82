using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Listens on a loopback port and hands each TCP connection to one of the ports behind it, in turn. Bytes go through a
/// buffer of fixed size in each direction, so a slow reader slows its writer.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutOfSocketsPause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<Socket> listeners;
    private readonly Func<IReadOnlyList<int>> targets;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, byte> connections = new();
    private readonly Task[] accepting;
    private uint next;

    private TcpProxy(IReadOnlyList<Socket> listeners, Func<IReadOnlyList<int>> targets)
    {
        this.listeners = listeners;
        this.targets = targets;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        accepting = [.. listeners.Select(AcceptAsync)];
    }

    public int Port { get; }

    /// <summary>Starts a proxy.</summary>
    /// <param name="port">The port to listen on, or null for any free one.</param>
    /// <param name="targets">Gives the loopback ports of the replicas that run now.</param>
    /// <exception cref="SocketException">The port is taken or not allowed.</exception>
    public static TcpProxy Start(int? port, Func<IReadOnlyList<int>> targets) =>
        new(port is { } fixedPort ? LoopbackPort.Listen(fixedPort) : LoopbackPort.ListenAnywhere(), targets);

    /// <summary>Closes the port and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        await Task.WhenAll([.. accepting, .. connections.Keys]);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Track(ForwardAsync(await listener.AcceptAsync(stopping.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client gave up before it was accepted, or the process has no file descriptor left: the listener lives on.
                await Task.Delay(OutOfSocketsPause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Track(Task connection)
    {
        connections.TryAdd(connection, 0);
        connection.ContinueWith(ended => connections.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ForwardAsync(Socket client)
    {
        await Task.Yield();
        using (client)
        using (var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token))
        using (var server = await ConnectAsync())
        {
            if (server is not null)
            {
                // Each direction ends by itself: one side may have said all it has to say and still be listening.
                await Task.WhenAll(CopyAsync(client, server, ending), CopyAsync(server, client, ending));
            }
        }
    }

    /// <summary>Connects to the next replica that answers; null where none does.</summary>
    private async Task<Socket?> ConnectAsync()
    {
        var ports = targets();
        var first = (int)(Interlocked.Increment(ref next) % (uint)Math.Max(1, ports.Count));
        for (var i = 0; i < ports.Count; i++)
        {
            foreach (var address in LoopbackPort.Addresses)
            {
                if (await TryConnectAsync(new IPEndPoint(address, ports[(first + i) % ports.Count])) is { } socket)
                {
                    return socket;
                }
            }
        }

        return null;
    }

    private async Task<Socket?> TryConnectAsync(IPEndPoint target)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        deadline.CancelAfter(ConnectTime);
        Socket? socket = null;
        try
        {
            socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target, deadline.Token);
            return socket;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket?.Dispose();
            return null;
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationTokenSource ending)
    {
        try
        {
            to.NoDelay = true;
            while (await CopyOnceAsync(from, to, ending.Token))
            {
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken, not ended: the other direction has nobody left to talk to.
            await ending.CancelAsync();
        }
    }

    private static async Task<bool> CopyOnceAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        // Wait without a buffer: most connections are idle most of the time.
        await from.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var count = await from.ReceiveAsync(buffer, cancellationToken);
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
            }

            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
