using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Redis;

/// <summary>A real redis-server of the test's own, on a free loopback port, without persistence.</summary>
public sealed class RedisServer : IAsyncLifetime, IDisposable
{
    private Process? process;

    /// <summary>What a client connects by.</summary>
    public string ConnectionString { get; } = $"127.0.0.1:{FreePort()},abortConnect=false,connectTimeout=1000,asyncTimeout=2000,syncTimeout=2000,allowAdmin=true";

    /// <summary>A connection to it.</summary>
    public IConnectionMultiplexer Connection { get; private set; } = null!;

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task InitializeAsync()
    {
        // Where it is not installed the tests say so and are skipped; their fixture is made all the same.
        if (InstalledTools.ReasonToSkip(["redis-server"]) is null)
        {
            await StartAsync();
            Connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        }
    }

    /// <summary>Starts the server, with no data, and waits until it takes connections.</summary>
    /// <param name="more">Further arguments.</param>
    public async Task StartAsync(params string[] more)
    {
        var port = ConnectionString.Split(',')[0].Split(':')[1];
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true };
        string[] arguments = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction", .. more];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("redis-server ended before it was ready."));
            }
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        await ready.Task;
    }

    /// <summary>Kills the server as a power cut would.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Connection?.Dispose();
        Kill();
        process?.Dispose();
        process = null;
    }
}
