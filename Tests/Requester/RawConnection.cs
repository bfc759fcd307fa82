using System.Net.Sockets;
using System.Text;

namespace WasmAspire.Tests.Requester;

/// <summary>HTTP written by hand.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private readonly string host;

    private RawConnection(TcpClient client, string host)
    {
        this.client = client;
        this.host = host;
        stream = client.GetStream();
    }

    /// <summary>Connects.</summary>
    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return new RawConnection(client, address.Authority);
    }

    /// <summary>Sends a request's head; the Host header is added.</summary>
    public Task SendHeadAsync(params string[] lines) =>
        SendAsync(Encoding.UTF8.GetBytes($"{lines[0]}\r\nHost: {host}\r\n{string.Concat(lines[1..].Select(line => line + "\r\n"))}\r\n"));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes);

    /// <summary>Sends no more; the answer can still be read.</summary>
    public void EndSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads the head of an answer.</summary>
    public async Task<string> ReadHeadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, patience.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads what comes until the connection ends; a reset ends it too.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, patience.Token);
        }
        catch (IOException)
        {
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose() => client.Dispose();
}
