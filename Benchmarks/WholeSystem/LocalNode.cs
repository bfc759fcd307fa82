using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WasmAspire.ComputeNode;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>A redis-server of the benchmark's own, and nodes on it in this process.</summary>
internal sealed class LocalNode : IDisposable
{
    private readonly Process server;

    private LocalNode(Process server, IConnectionMultiplexer redis)
    {
        this.server = server;
        Redis = redis;
    }

    public IConnectionMultiplexer Redis { get; }

    public static async Task<LocalNode> StartRedisAsync()
    {
        var port = FreePort();
        var server = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--logfile", "/dev/null"]))!;
        return new LocalNode(server, await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false"));
    }

    /// <summary>Starts a node.</summary>
    /// <param name="settings">Its configuration; given, the node has the service defaults' telemetry.</param>
    public async Task<IHost> StartNodeAsync(params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        if (settings.Count > 0)
        {
            builder.ConfigureOpenTelemetry();
        }

        builder.Services.AddSingleton(Redis);
        builder.AddNode();
        var node = builder.Build();
        await node.StartAsync();
        return node;
    }

    public void Dispose()
    {
        Redis.Dispose();
        server.Kill();
        server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
