using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WasmAspire.ComputeNode;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>A node in the test's own process, on a redis-server, with the guests of the repository at hand.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RedisServer redis;
    private readonly IHost host;

    private readonly RecordingLoggerProvider logs;
    private readonly RecordedCounter lostSpans;

    private RunningNode(RedisServer redis, IHost host, RecordingLoggerProvider logs)
    {
        this.redis = redis;
        this.host = host;
        this.logs = logs;
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        lostSpans = new RecordedCounter(GuestSpanQueue.LostSpansMetric, meter => meter.Scope == meters);
    }

    /// <summary>Guest spans that were lost and that no job has counted.</summary>
    public long LostSpans => lostSpans.Value;

    /// <summary>What the node has logged so far: the event's name, its message, its exception.</summary>
    public IReadOnlyCollection<string> Logs => logs.Lines;

    /// <summary>The node's parts.</summary>
    public IServiceProvider Services => host.Services;

    public JobQueue Queue => new(redis.Connection);

    public JobStore Store => new(redis.Connection);

    public BlobStore Blobs => new(redis.Connection);

    /// <summary>Starts a node.</summary>
    /// <param name="redis">Its Redis.</param>
    /// <param name="name">Its name.</param>
    /// <param name="slots">Its slots.</param>
    /// <param name="settings">Settings such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; given, the node has the service defaults' telemetry.</param>
    /// <param name="configure">Sets further options.</param>
    public static async Task<RunningNode> StartAsync(
        RedisServer redis,
        string name = "node-1",
        int slots = 2,
        Dictionary<string, string?>? settings = null,
        Action<NodeOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "WasmAspire.ComputeNode" });
        if (settings is not null)
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.ConfigureOpenTelemetry();
        }

        var logs = new RecordingLoggerProvider();
        builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton(redis.Connection);
        builder.AddNode();
        builder.Services.Configure<NodeOptions>(options => (options.Name, options.Slots, options.CompiledFolder) = (name, slots, ""));
        builder.Services.Configure(configure ?? (_ => { }));
        var node = new RunningNode(redis, builder.Build(), logs);
        await node.host.StartAsync();
        return node;
    }

    /// <summary>Bytes of a built guest, such as <c>c/count_vowels</c>.</summary>
    public static byte[] Guest(string name) =>
        File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "guests", "wasm", name + ".wasm"));

    /// <summary>Submits a job.</summary>
    public async Task<string> SubmitAsync(byte[] module, Func<JobSpec, JobSpec>? configure = null, Dictionary<string, string>? traceContext = null)
    {
        var spec = new JobSpec { Module = await Blobs.PutAsync(module) };
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        traceContext ??= new() { ["traceparent"] = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" };
        return (await Queue.SubmitAsync(JobQueue.NewId(), configure?.Invoke(spec) ?? spec, traceContext, trace, null)).Id;
    }

    /// <summary>Submits a job and waits for its end.</summary>
    public async Task<Run> RunAsync(byte[] module, Func<JobSpec, JobSpec>? configure = null, Dictionary<string, string>? traceContext = null) =>
        await EndAsync(await SubmitAsync(module, configure, traceContext));

    /// <inheritdoc cref="RunAsync(byte[], Func{JobSpec, JobSpec}?, Dictionary{string, string}?)"/>
    public Task<Run> RunAsync(string guest, Func<JobSpec, JobSpec>? configure = null, Dictionary<string, string>? traceContext = null) =>
        RunAsync(Guest(guest), configure, traceContext);

    /// <summary>Waits for a job's end.</summary>
    public async Task<Run> EndAsync(string id)
    {
        var job = await WaitAsync(id, job => job.IsFinal);
        return new Run(
            job,
            job.Result!,
            Encoding.UTF8.GetString(await Store.GetStdoutAsync(id)),
            Encoding.UTF8.GetString(await Store.GetStderrAsync(id)));
    }

    /// <summary>Waits until a job is as wanted.</summary>
    public async Task<JobRecord> WaitAsync(string id, Func<JobRecord, bool> wanted)
    {
        var changed = new SemaphoreSlim(0);
        Store.OnChanged((_, _) => changed.Release());
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            if (await Store.GetAsync(id) is { } job && wanted(job))
            {
                return job;
            }

            // The wait is bounded since a message may get lost; the state alone counts.
            await changed.WaitAsync(TimeSpan.FromMilliseconds(200));
            Assert.True(DateTime.UtcNow < deadline, $"Job {id} is not as wanted after {Patience}.");
        }
    }

    /// <summary>Waits until the node has logged an event.</summary>
    public async Task WaitForLogAsync(string eventName)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!Logs.Any(line => line.StartsWith($"{eventName} ", StringComparison.Ordinal)))
        {
            Assert.True(DateTime.UtcNow < deadline, $"No {eventName} after {Patience}:\n{string.Join('\n', Logs)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Stops the node as SIGTERM does.</summary>
    /// <param name="timeIsOver">Ends its patience before the host's own timeout does.</param>
    public Task StopAsync(CancellationToken timeIsOver = default) => host.StopAsync(timeIsOver);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        lostSpans.Dispose();
    }

    /// <summary>A job that has ended.</summary>
    internal sealed record Run(JobRecord Job, JobResult Result, string Stdout, string Stderr);
}
