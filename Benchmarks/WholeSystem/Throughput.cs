using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WasmAspire.ComputeNode;
using WasmAspire.Jobs;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>No-op jobs that one node takes from a full queue, runs and finishes, with a redis-server of its own on the same machine and no exporter.</summary>
/// <param name="PerSecond">Jobs a second, from the first claim to the last finish by Redis's clock.</param>
/// <param name="Jobs">How many were measured.</param>
/// <param name="Slots">How many the node runs at once.</param>
internal sealed record Throughput(double PerSecond, int Jobs, int Slots)
{
    private const int WarmUp = 2000;
    private const int Measured = 20_000;

    public static async Task<Throughput> MeasureAsync()
    {
        var port = FreePort();
        using var server = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--logfile", "/dev/null"]))!;
        try
        {
            using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false");
            await RunAsync(redis, WarmUp);
            return await RunAsync(redis, Measured);
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<Throughput> RunAsync(IConnectionMultiplexer redis, int count)
    {
        var queue = new JobQueue(redis);
        var spec = new JobSpec { Module = await new BlobStore(redis).PutAsync(NoOpModule.Bytes) };
        var ids = Enumerable.Range(0, count).Select(_ => JobQueue.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => queue.SubmitAsync(id, spec, [], null, null)));

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(redis);
        builder.AddNode();
        using var node = builder.Build();
        await node.StartAsync();
        var store = new JobStore(redis);
        while (!(await Task.WhenAll(ids[^64..].Select(store.GetAsync))).All(job => job!.IsFinal))
        {
            await Task.Delay(50);
        }

        await node.StopAsync();
        var jobs = await Task.WhenAll(ids.Select(store.GetAsync));
        if (jobs.Any(job => job!.State != JobState.Completed))
        {
            throw new InvalidOperationException("Not all jobs completed.");
        }

        var time = jobs.Max(job => job!.FinishedAt)! - jobs.Min(job => job!.StartedAt);
        return new Throughput(count / time!.Value.TotalSeconds, count, Environment.ProcessorCount);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
