using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Tests.ComputeNode;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.Hostile;

/// <summary>
/// A live node with two slots: one for attacks, one for a healthy job, the neighbour, that must not notice. The neighbour
/// hashes for some hundred milliseconds, and its result is known from a run alone. Spans, logs and metrics go to a receiver.
/// </summary>
public sealed class HostileNode : IAsyncLifetime, IDisposable
{
    /// <summary>What compiling a module may take on this node.</summary>
    public const double CompileMilliseconds = 15_000;

    /// <summary>Wall time of a hostile job, in seconds, unless its test says otherwise.</summary>
    private const double Timeout = 1;

    /// <summary>What <c>/data/file.txt</c> holds in every job.</summary>
    private const string FileContent = "content of the file\n";

    /// <summary>So much slower than beside an honest job may a neighbour be.</summary>
    private const double Slowdown = 2;

    /// <summary>So long after its limit may a job have stopped.</summary>
    private const double GraceMilliseconds = 1000;

    private const int Samples = 5;

    // The machine may be busy with something else for a while; a node that does not contain an attack fails them all.
    private const int Measurements = 3;

    private static readonly JsonElement[] NeighbourSize = [JsonSerializer.SerializeToElement(400)];

    private readonly RedisServer redis = new();
    private OtlpReceiver? receiver;
    private RunningNode? node;
    private BlobReference? file;
    private string? expected;
    private double besideHonest;

    private RunningNode Node => node ?? throw new InvalidOperationException("The node is not started.");

    public async Task InitializeAsync()
    {
        // Where it is not installed the tests say so and are skipped; their fixture is made all the same.
        if (InstalledTools.ReasonToSkip(["redis-server"]) is not null)
        {
            return;
        }

        await redis.InitializeAsync();
        receiver = await OtlpReceiver.StartAsync();
        node = await RunningNode.StartAsync(redis, slots: 2, settings: new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url,
            ["Node:CompileSeconds"] = (CompileMilliseconds / 1000).ToString(CultureInfo.InvariantCulture),
        });
        file = await node.Blobs.PutAsync(Encoding.UTF8.GetBytes(FileContent));
        var alone = await RunNeighbourAsync();
        Assert.Equal((JobState.Completed, null), (alone.Result.State, alone.Result.Message));
        expected = Results(alone);
        besideHonest = await MeasureBesideHonestAsync();
    }

    public async Task DisposeAsync()
    {
        await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
        Dispose();
    }

    public void Dispose() => redis.Dispose();

    /// <summary>
    /// Runs a program of <c>guests/hostile</c> beside the neighbour, both again and again until both have run often
    /// enough: each time the job must end as it should, in time, and the neighbour must be right and not be slowed down.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="assert">How it must end.</param>
    /// <param name="configure">Changes the job.</param>
    /// <param name="compiling">What compiling may take besides, in milliseconds.</param>
    internal Task AttackAsync(string program, Action<HostileRun> assert, Func<JobSpec, JobSpec>? configure = null, double compiling = 0) =>
        AttackAsync(RunningNode.Guest($"hostile/{program}"), assert, configure, compiling);

    /// <inheritdoc cref="AttackAsync(string, Action{HostileRun}, Func{JobSpec, JobSpec}?, double)"/>
    internal async Task AttackAsync(byte[] module, Action<HostileRun> assert, Func<JobSpec, JobSpec>? configure = null, double compiling = 0)
    {
        for (var measurement = 1; ; measurement++)
        {
            var (attacks, neighbours) = await RunTogetherAsync(module, configure);
            attacks.ForEach(assert);
            neighbours.ForEach(AssertHealthy);
            AssertHealthy(await RunNeighbourAsync());
            Assert.DoesNotContain(Node.Logs, line => line.StartsWith("SlotFailed ", StringComparison.Ordinal));

            var late = attacks.Max(attack => attack.Milliseconds - (1000 * attack.TimeoutSeconds)) - compiling;
            var slower = Median(neighbours) / besideHonest;
            if (late <= GraceMilliseconds && slower <= Slowdown)
            {
                return;
            }

            Assert.True(measurement < Measurements, string.Create(
                CultureInfo.InvariantCulture,
                $"The attack ended {late:F0} ms after its limit; its neighbour took {slower:F2} times as long as beside an honest job ({besideHonest:F0} ms)."));
            besideHonest = await MeasureBesideHonestAsync();
        }
    }

    private static double Median(List<RunningNode.Run> runs) =>
        runs.Select(HostileRun.MillisecondsOf).Order().ElementAt(runs.Count / 2);

    private static string Results(RunningNode.Run run) => JsonSerializer.Serialize(run.Result.Results);

    private async Task<(List<HostileRun> Attacks, List<RunningNode.Run> Neighbours)> RunTogetherAsync(byte[] module, Func<JobSpec, JobSpec>? configure)
    {
        var attacks = new ConcurrentQueue<HostileRun>();
        var neighbours = new ConcurrentQueue<RunningNode.Run>();
        await Task.WhenAll(AttackAsync(), RunNeighboursAsync());
        return ([.. attacks], [.. neighbours]);

        async Task AttackAsync()
        {
            do
            {
                var run = await Node.RunAsync(module, spec => Configure(spec, configure));
                attacks.Enqueue(new HostileRun(run, await Node.Store.GetStdoutAsync(run.Job.Id)));
            }
            while (neighbours.Count < Samples);
        }

        async Task RunNeighboursAsync()
        {
            do
            {
                neighbours.Enqueue(await RunNeighbourAsync());
            }
            while (attacks.IsEmpty || neighbours.Count < Samples);
        }
    }

    private JobSpec Configure(JobSpec spec, Func<JobSpec, JobSpec>? configure)
    {
        spec = spec with
        {
            Inputs = [new JobInput("/data/file.txt", file!)],
            Limits = new JobLimits { TimeoutSeconds = Timeout },
        };
        return configure?.Invoke(spec) ?? spec;
    }

    private Task<RunningNode.Run> RunNeighbourAsync() =>
        Node.RunAsync("benchmarks/sha256", spec => spec with { Entrypoint = "run", EntrypointArgs = NeighbourSize });

    /// <summary>Both slots work for neighbours: what an honest job costs the other.</summary>
    private async Task<double> MeasureBesideHonestAsync()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            var runs = new List<RunningNode.Run>();
            while (runs.Count < Samples)
            {
                runs.Add(await RunNeighbourAsync());
            }

            return runs;
        }));
        return Median([.. runs.SelectMany(run => run)]);
    }

    private void AssertHealthy(RunningNode.Run run) =>
        Assert.Equal((JobState.Completed, null, 0L, expected), (run.Result.State, run.Result.Message, run.Result.ExitCode, Results(run)));
}
