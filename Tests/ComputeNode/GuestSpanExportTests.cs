using System.Globalization;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>Guests that make spans as fast as they can, on a real node, and receivers that cannot follow.</summary>
[Collection(RunsAlone.Name)]
public sealed class GuestSpanExportTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const int Greed = 10_000;

    private static readonly string[] HostSpans = ["compile", "execute spans", "instantiate", "process jobs", "queue wait"];

    [RequiresToolFact("redis-server")]
    public async Task ASlowReceiverGetsEveryRootAndEveryHostSpanAndNoCallIsMissing()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.BeforeSpans = () => Task.Delay(TimeSpan.FromMilliseconds(100));
        RunningNode.Run[] runs;
        await using (var node = await RunningNode.StartAsync(redis, settings: Settings(receiver.Url)))
        {
            runs = await RunManyAsync(node, jobs: 10, spans: Greed);
            await node.StopAsync();
            Assert.Equal(0, node.LostSpans);
        }

        foreach (var run in runs)
        {
            await AssertWholeAsync(receiver, run, calls: Greed + 1);
        }

        Assert.Contains(runs, run => run.Result.Telemetry.FoldedCalls > Greed / 2);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModestJobGetsItsSpansBesideGreedyOnesAndEachJobItsRootThoughNothingMoves()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.BeforeSpans = () => held.Task;
        RunningNode.Run[] greedy;
        RunningNode.Run modest;
        RunningNode.Run[] many;
        await using (var node = await RunningNode.StartAsync(redis, settings: Settings(receiver.Url)))
        {
            greedy = await RunManyAsync(node, jobs: 2, spans: Greed);
            modest = await RunAsync(node, spans: 100);
            many = await RunManyAsync(node, jobs: 30, spans: Greed);
            held.SetResult();
            await node.StopAsync();
            Assert.Equal(0, node.LostSpans);
        }

        Assert.Equal((101, 0), (modest.Result.Telemetry.Spans, modest.Result.Telemetry.FoldedCalls));
        Assert.InRange(greedy.Sum(run => run.Result.Telemetry.Spans), 2, 8192);
        await AssertWholeAsync(receiver, modest, calls: 101);
        foreach (var run in greedy.Concat(many))
        {
            await AssertWholeAsync(receiver, run, calls: Greed + 1);
        }
    }

    [RequiresToolFact("redis-server")]
    public async Task WithoutAReceiverJobsCompleteAndEverySpanIsCountedAsLost()
    {
        RunningNode.Run[] runs;
        long lost;
        await using (var node = await RunningNode.StartAsync(redis, settings: Settings(await ClosedUrlAsync())))
        {
            runs = await RunManyAsync(node, jobs: 10, spans: Greed);
            await node.StopAsync();
            lost = node.LostSpans;
            Assert.Contains(node.Logs, line => line.StartsWith("GuestSpansLost", StringComparison.Ordinal));
        }

        Assert.All(runs, run => Assert.Equal(JobState.Completed, run.Result.State));
        Assert.All(runs, run => Assert.Equal(Greed + 1, run.Result.Telemetry.Spans + run.Result.Telemetry.FoldedCalls));
        Assert.All(runs, run => Assert.InRange(run.Result.Telemetry.DroppedSpans, 0, run.Result.Telemetry.Spans));
        Assert.Equal(runs.Sum(run => run.Result.Telemetry.Spans), runs.Sum(run => run.Result.Telemetry.DroppedSpans) + lost);
    }

    [RequiresToolFact("redis-server")]
    public async Task TheNodesOwnMetricTellsTheLossesOfTheSignalsOwnEndpoint()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var settings = Settings(receiver.Url);
        settings["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = await ClosedUrlAsync();
        await using (var node = await RunningNode.StartAsync(redis, settings: settings))
        {
            var run = await RunAsync(node, spans: 100);
            await node.StopAsync();
            Assert.Equal((101, 101), (run.Result.Telemetry.Spans, run.Result.Telemetry.DroppedSpans + node.LostSpans));
        }

        await receiver.WaitForMetricAsync("wasmaspire.telemetry.lost_spans");
    }

    [RequiresToolFact("redis-server")]
    public async Task StoppingANodeFlushesSpansOfTheSameResourceAsItsOwn()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var settings = Settings(receiver.Url);
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "3600000";
        RunningNode.Run run;
        await using (var node = await RunningNode.StartAsync(redis, settings: settings))
        {
            run = await RunAsync(node, spans: 100);
            await node.StopAsync();
        }

        var trace = await AssertWholeAsync(receiver, run, calls: 101);
        Assert.Equal([("computenode", "the-one")], trace.Spans.Select(span => (span.Service, span.Instance)).Distinct());
    }

    [RequiresToolFact("redis-server")]
    public async Task AStoppingNodeWaitsNoLongerForAReceiverThanItIsGiven()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.BeforeSpans = () =>
        {
            reached.TrySetResult();
            return held.Task;
        };
        var settings = Settings(receiver.Url);
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "3600000";
        await using var node = await RunningNode.StartAsync(redis, settings: settings);
        await RunAsync(node, spans: 600);
        await reached.Task;
        using var given = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await node.StopAsync(given.Token).WaitAsync(TimeSpan.FromSeconds(30));

        // 601 without the 512 that are under way.
        Assert.Contains(node.Logs, line => line.StartsWith("GuestSpansAbandoned 89 guest spans", StringComparison.Ordinal));
        held.SetResult();
    }

    private static Dictionary<string, string?> Settings(string endpoint) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "60000",
        ["OTEL_SERVICE_NAME"] = "computenode",
        ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=the-one",
    };

    /// <summary>An address where nobody listens any more.</summary>
    private static async Task<string> ClosedUrlAsync()
    {
        await using var gone = await OtlpReceiver.StartAsync();
        return gone.Url;
    }

    private static Task<RunningNode.Run> RunAsync(RunningNode node, int spans) => node.RunAsync("wat/many_spans", spec => Spec(spec, spans));

    private static async Task<RunningNode.Run[]> RunManyAsync(RunningNode node, int jobs, int spans)
    {
        var ids = new List<string>();
        for (var i = 0; i < jobs; i++)
        {
            ids.Add(await node.SubmitAsync(RunningNode.Guest("wat/many_spans"), spec => Spec(spec, spans)));
        }

        return await Task.WhenAll(ids.Select(node.EndAsync));
    }

    private static JobSpec Spec(JobSpec spec, int spans) => spec with
    {
        Entrypoint = "spans",
        EntrypointArgs = [JsonSerializer.SerializeToElement(spans)],
        Observe = new ObserveSettings { MinSpanMicroseconds = 0 },
    };

    /// <summary>All of the host's spans have come, the guest's root, as many of its others as the job says, and the calls folded.</summary>
    private static async Task<ReceivedTrace> AssertWholeAsync(OtlpReceiver receiver, RunningNode.Run run, int calls)
    {
        var told = run.Result.Telemetry;
        Assert.Equal((JobState.Completed, 0), (run.Result.State, told.DroppedSpans));
        Assert.Equal(calls, told.Spans + told.FoldedCalls);
        var trace = await receiver.WaitForTraceAsync(run.Job.TraceId!, trace => trace.Spans.Count >= HostSpans.Length + told.Spans);
        Assert.Equal(HostSpans, trace.Spans.Select(span => span.Name).Where(name => name is not ("many" or "short")).Order(StringComparer.Ordinal));
        var root = trace.Span("many");
        var children = trace.Spans.Where(span => span.Name == "short").ToList();
        Assert.Equal(told.Spans, children.Select(span => span.SpanId).Distinct().Count() + 1);
        Assert.All(children, child => Assert.Equal(root.SpanId, child.ParentSpanId));
        Assert.Equal(told.FoldedCalls, long.Parse(root.Attributes.GetValueOrDefault("wasm.folded.calls", "0"), CultureInfo.InvariantCulture));
        return trace;
    }
}
