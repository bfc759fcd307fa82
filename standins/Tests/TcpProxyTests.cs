using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Orchestrator;

namespace WasmAspire.Tests.StandIns;

public sealed class TcpProxyTests
{
    [Fact]
    public async Task ConnectionsGoToTheReplicasInTurn()
    {
        await using var a = new LineServer("a");
        await using var b = new LineServer("b");
        await using var proxy = TcpProxy.Start(port: null, () => [a.Port, b.Port]);

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await AskAsync(proxy.Port, "x"));
        }

        Assert.Equal(2, answers.Count(answer => answer == "a:x"));
        Assert.Equal(2, answers.Count(answer => answer == "b:x"));
    }

    [Fact]
    public async Task ReplicaThatDoesNotAnswerIsPassedOver()
    {
        await using var alive = new LineServer("alive");
        await using var proxy = TcpProxy.Start(port: null, () => [LoopbackPort.FindFree(), alive.Port]);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("alive:x", await AskAsync(proxy.Port, "x"));
        }
    }

    [Fact]
    public async Task WithoutAReplicaTheConnectionIsClosed()
    {
        await using var proxy = TcpProxy.Start(port: null, () => []);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);

        Assert.Equal(0, await client.ReceiveAsync(new byte[1], Patience.Token));
    }

    [Fact]
    public async Task EveryLoopbackAddressIsListenedOn()
    {
        await using var server = new LineServer("s");
        await using var proxy = TcpProxy.Start(port: null, () => [server.Port]);

        foreach (var address in LoopbackPort.Addresses)
        {
            using var client = await ConnectAsync(address, proxy.Port);
            Assert.Equal("s:x", await AskAsync(client, "x"));
        }
    }

    [Fact]
    public async Task EndOfOneDirectionLeavesTheOtherOpen()
    {
        // LineServer answers when its client has said all it has to say, and only then.
        await using var server = new LineServer("s");
        await using var proxy = TcpProxy.Start(port: null, () => [server.Port]);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);

        await client.SendAsync("half "u8.ToArray(), Patience.Token);
        await client.SendAsync("closed"u8.ToArray(), Patience.Token);
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("s:half closed", await ReadToEndAsync(client));
    }

    [Fact]
    public async Task ServersEndReachesTheClient()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var proxy = TcpProxy.Start(port: null, () => [((IPEndPoint)listener.LocalEndpoint).Port]);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);
        using var server = await listener.AcceptSocketAsync(Patience.Token);

        await server.SendAsync("bye"u8.ToArray(), Patience.Token);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal("bye", await ReadToEndAsync(client));
        // The client may still talk.
        await client.SendAsync("and you"u8.ToArray(), Patience.Token);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("and you", await ReadToEndAsync(server));
    }

    [Fact]
    public async Task DeadServerClosesTheConnection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var proxy = TcpProxy.Start(port: null, () => [((IPEndPoint)listener.LocalEndpoint).Port]);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);
        var server = await listener.AcceptSocketAsync(Patience.Token);

        server.LingerState = new LingerOption(true, 0);
        server.Dispose();

        Assert.Equal("", await ReadToEndAsync(client));
    }

    [Fact]
    public async Task ManyConnectionsAtOnceKeepTheirBytesApart()
    {
        await using var a = new LineServer("a");
        await using var b = new LineServer("b");
        await using var proxy = TcpProxy.Start(port: null, () => [a.Port, b.Port]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AskAsync(proxy.Port, $"{i}"))).InTime();

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), answers.Select(answer => answer.Split(':')[1]));
    }

    [Fact]
    public async Task SlowReaderStopsTheWriterAndLosesNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var proxy = TcpProxy.Start(port: null, () => [((IPEndPoint)listener.LocalEndpoint).Port]);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);
        using var server = await listener.AcceptSocketAsync(Patience.Token);
        var data = RandomNumberGenerator.GetBytes(1024 * 1024);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Nobody reads: what goes in before the writer has to wait is all that anybody buffers.
        client.SendTimeout = 500;
        var written = 0L;
        try
        {
            while (written < 256 * data.Length)
            {
                var count = client.Send(data);
                sent.AppendData(data, 0, count);
                written += count;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            // Some of the last block may be on its way; the connection is of no more use to its writer.
        }

        Assert.InRange(written, 1, 32 * data.Length);
        var received = new byte[written];
        for (var count = 0; count < received.Length;)
        {
            count += await server.ReceiveAsync(received.AsMemory(count), Patience.Token);
        }

        Assert.Equal(sent.GetHashAndReset(), SHA256.HashData(received));
    }

    [Fact]
    public async Task DisposingClosesWhatIsOpen()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var proxy = TcpProxy.Start(port: null, () => [((IPEndPoint)listener.LocalEndpoint).Port]);
        using var client = await ConnectAsync(IPAddress.Loopback, proxy.Port);
        using var server = await listener.AcceptSocketAsync(Patience.Token);

        await proxy.DisposeAsync().AsTask().InTime();

        Assert.Equal("", await ReadToEndAsync(client));
        Assert.Equal("", await ReadToEndAsync(server));
        Assert.True(LoopbackPort.IsFree(proxy.Port));
    }

    [Fact]
    public void TakenPortIsRefused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var e = Assert.Throws<SocketException>(() => TcpProxy.Start(((IPEndPoint)taken.LocalEndpoint).Port, () => []));
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketErrorCode);
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, port, Patience.Token);
        return socket;
    }

    private static async Task<string> AskAsync(int port, string question)
    {
        using var client = await ConnectAsync(IPAddress.Loopback, port);
        return await AskAsync(client, question);
    }

    private static async Task<string> AskAsync(Socket client, string question)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(question), Patience.Token);
        client.Shutdown(SocketShutdown.Send);
        return await ReadToEndAsync(client);
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var all = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            for (int count; (count = await socket.ReceiveAsync(buffer, Patience.Token)) > 0;)
            {
                all.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed in the other way that there is.
        }

        return all.ToString();
    }
}
