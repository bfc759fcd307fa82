using System.Diagnostics;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;
using static WasmAspire.Tests.Observe.GatedText;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>What a job tells of a guest's hot functions.</summary>
public sealed class GuestGatesTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime, IDisposable
{
    private static readonly byte[] Guest = Module.ConvertText($"""
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (func) (func) (func) (func) (func) (func) (func) (func)
          {GatedFunction(First, "$hot", "")} {Run(Repeat(5000, "(call $hot)"))}
          {Producer})
        """);

    private readonly RecordedTrace trace = new();
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    public void Dispose() => trace.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task GatedCallsAreOnTheExecuteSpanWhenItStopsAndAmongTheJobsFoldedCalls()
    {
        // What is set on a span after its stop is not exported.
        object? told = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WasmAspire.ComputeNode",
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == trace.Id && span.OperationName == "execute run")
                {
                    told = span.GetTagItem("wasm.gated.calls");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        var run = await node.RunAsync(
            Guest,
            spec => spec with { Entrypoint = "run", Observe = new ObserveSettings { MinSpanMicroseconds = 3600e6 } },
            trace.Context());

        Assert.InRange(Assert.IsType<long>(told), 1, 5000);
        Assert.Equal((1, 5000), (run.Result.Telemetry.Spans, run.Result.Telemetry.FoldedCalls));
    }

    [RequiresToolFact("redis-server")]
    public async Task CallsAreCountedWhereNothingIsSampled()
    {
        var run = await node.RunAsync(Guest, spec => spec with { Entrypoint = "run" }, trace.Context("00"));

        Assert.Equal((0, 5001), (run.Result.Telemetry.Spans, run.Result.Telemetry.FoldedCalls));
    }
}
