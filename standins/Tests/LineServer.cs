using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WasmAspire.Tests.StandIns;

/// <summary>Reads what a client says to its end, and answers with its own name and that.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    public LineServer(string name)
    {
        listener.Start(512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = ServeAsync(name);
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(string name)
    {
        while (!ending.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(ending.Token);
            _ = AnswerAsync(name, client);
        }
    }

    private static async Task AnswerAsync(string name, TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
            var said = await reader.ReadToEndAsync(Patience.Token);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{name}:{said}"), Patience.Token);
        }
    }
}
