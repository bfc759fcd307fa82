using WasmAspire.ComputeNode;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>What a guest knows of the trace and the baggage that it belongs to.</summary>
public sealed class GuestContextTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private const string Baggage = "tenant=acme%20inc,secret=hunter2,empty=";

    private readonly RecordedTrace trace = new();

    public void Dispose() => trace.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task ItsTraceparentNamesTheExecuteSpan()
    {
        var environment = await EnvironmentAsync(trace.Context("01", ("tracestate", "vendor=1")));

        Assert.Equal($"00-{trace.Id}-{trace.Span("execute _start").SpanId}-01", environment["TRACEPARENT"]);
        Assert.Equal("vendor=1", environment["TRACESTATE"]);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnUnsampledTraceStaysUnsampled()
    {
        var environment = await EnvironmentAsync(trace.Context("00"));

        Assert.Equal($"00-{trace.Id}-{trace.Span("process jobs").SpanId}-00", environment["TRACEPARENT"]);
        Assert.Empty(trace.GuestSpans);
        Assert.False(environment.ContainsKey("TRACESTATE"));
    }

    [RequiresToolFact("redis-server")]
    public async Task WhereNobodyRecordsSpansItIsTheCallers()
    {
        const string Other = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var environment = await EnvironmentAsync(new Dictionary<string, string> { ["traceparent"] = Other });

        Assert.Equal(Other, environment["TRACEPARENT"]);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobOfNoTraceHasNone()
    {
        var environment = await EnvironmentAsync([]);

        Assert.DoesNotContain("TRACEPARENT", environment.Keys);
    }

    [RequiresToolFact("redis-server")]
    public async Task AStartFunctionFindsTheSpanThatItRunsUnder()
    {
        // Prints its environment, a NUL after each variable, in the start function and in _start.
        const string Guest = """
            (module
              (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_get" (func $get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func $print (export "_start")
                (drop (call $sizes (i32.const 0) (i32.const 4)))
                (drop (call $get (i32.const 16) (i32.const 1024)))
                (i32.store (i32.const 0) (i32.const 1024))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
              (start $print))
            """;
        await using var node = await RunningNode.StartAsync(redis);

        var run = await node.RunAsync(Module.ConvertText(Guest), traceContext: trace.Context());

        Assert.Equal(
            [$"TRACEPARENT=00-{trace.Id}-{trace.Span("instantiate").SpanId}-01", $"TRACEPARENT=00-{trace.Id}-{trace.Span("execute _start").SpanId}-01"],
            run.Stdout.Split('\0').Where(variable => variable.StartsWith("TRACEPARENT=", StringComparison.Ordinal)));
    }

    [RequiresToolFact("redis-server")]
    public async Task NoBaggageReachesItByDefault()
    {
        var environment = await EnvironmentAsync(trace.Context("01", ("baggage", Baggage)));

        Assert.DoesNotContain("BAGGAGE", environment.Keys);
    }

    [RequiresToolFact("redis-server")]
    public async Task BaggageReachesItByTheNodesList()
    {
        var environment = await EnvironmentAsync(
            trace.Context("01", ("baggage", Baggage)),
            options => options.GuestBaggage = ["tenant", "Secret", "other"]);

        Assert.Equal("tenant=acme%20inc", environment["BAGGAGE"]);
    }

    [RequiresToolFact("redis-server")]
    public async Task BaggageReachesItsSpansByAListOfTheirOwn()
    {
        await EnvironmentAsync(
            trace.Context("01", ("baggage", Baggage)),
            options => (options.GuestBaggage, options.SpanBaggage) = (["secret"], ["tenant", "none"]));

        Assert.NotEmpty(trace.GuestSpans);
        Assert.All(trace.GuestSpans, span => Assert.Equal(["baggage.tenant=acme inc"], span.TagObjects.Where(tag => tag.Key.StartsWith("baggage.", StringComparison.Ordinal)).Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Null(trace.Span("execute _start").GetTagItem("baggage.tenant"));
    }

    /// <summary>What a guest that prints its environment finds in it.</summary>
    private async Task<Dictionary<string, string>> EnvironmentAsync(Dictionary<string, string> context, Action<NodeOptions>? configure = null)
    {
        await using var node = await RunningNode.StartAsync(redis, configure: configure);
        var run = await node.RunAsync("c/env_args", spec => spec with { Observe = new ObserveSettings { MinSpanMicroseconds = 0 } }, context);
        Assert.Equal(JobState.Completed, run.Result.State);
        return run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
