using System.Diagnostics;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>What a trace shows of a guest's WASI calls.</summary>
public sealed class WasiSpansTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime, IDisposable
{
    private readonly RecordedTrace trace = new();
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    public void Dispose() => trace.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task AModuleWithoutInstrumentationShowsItsIo()
    {
        var run = await ReadAsync(new ObserveSettings { MinSpanMicroseconds = 0 }, "/data/a.txt", "/none");

        Assert.Equal(("content\n", JobReason.ExitCode), (run.Stdout, run.Result.Reason));
        Assert.Equal(
            """
            wasi.fd_prestat_get wasi.fd=3
            wasi.fd_prestat_dir_name wasi.fd=3
            wasi.fd_prestat_get wasi.fd=4 wasi.errno=badf
            wasi.args_sizes_get
            wasi.args_get
            wasi.fd_fdstat_get wasi.fd=3
            wasi.path_open wasi.fd=3 wasi.path=data/a.txt
            wasi.fd_filestat_get wasi.fd=4
            wasi.fd_read wasi.fd=4 wasi.bytes=8
            wasi.fd_fdstat_get wasi.fd=1
            wasi.fd_write wasi.fd=1 wasi.bytes=8
            wasi.fd_read wasi.fd=4 wasi.bytes=0
            wasi.fd_close wasi.fd=4
            wasi.fd_fdstat_get wasi.fd=3
            wasi.path_open wasi.fd=3 wasi.path=none wasi.errno=noent
            wasi.fd_write wasi.fd=2 wasi.bytes=45
            wasi.proc_exit wasi.exit_code=1
            """,
            string.Join('\n', trace.GuestSpans.Select(ToText)));
        Assert.All(trace.GuestSpans, span => Assert.Equal((trace.Span("execute _start").SpanId, ActivityStatusCode.Unset), (span.ParentSpanId, span.Status)));
        Assert.Equal((trace.GuestSpans.Count, 0), (run.Result.Telemetry.Spans, run.Result.Telemetry.FoldedCalls));
    }

    [RequiresToolFact("redis-server")]
    public async Task ShortCallsAreFoldedAndNoneIsLost()
    {
        await ReadAsync(new ObserveSettings { MinSpanMicroseconds = 3600e6 }, "/data/a.txt");

        var execute = trace.Span("execute _start");
        Assert.Empty(trace.GuestSpans);
        Assert.Equal(13L, execute.GetTagItem("wasm.folded.calls"));
        var read = execute.Events.Single(e => Equals(e.Tags.First().Value, "wasi.fd_read"));
        Assert.Contains(KeyValuePair.Create<string, object?>("wasm.folded.calls", 2L), read.Tags);
    }

    [RequiresToolFact("redis-server")]
    public async Task TheyAreLeftOutWhereTheJobSaysSo()
    {
        var run = await ReadAsync(new ObserveSettings { MinSpanMicroseconds = 0, Wasi = false }, "/data/a.txt");

        Assert.Empty(trace.GuestSpans);
        Assert.Null(trace.Span("execute _start").GetTagItem("wasm.folded.calls"));
        Assert.Equal((0, 0), (run.Result.Telemetry.Spans, run.Result.Telemetry.FoldedCalls));
    }

    [RequiresToolFact("redis-server")]
    public async Task ASleepIsASpanUnderTheGuestsOwn()
    {
        await node.RunAsync("c/sleep", spec => spec with { Args = ["30"], Observe = new ObserveSettings { MinSpanMicroseconds = 0 } }, trace.Context());

        // All calls: which of them a busy machine makes slow is luck.
        Assert.Equal(
            ["wasi.args_sizes_get", "wasi.args_get", "sleep", "wasi.clock_time_get", "wasi.poll_oneoff", "wasi.clock_time_get", "wasi.fd_fdstat_get", "wasi.fd_write"],
            trace.GuestSpans.Select(span => span.OperationName));
        Assert.Equal(trace.Span("sleep").SpanId, trace.Span("wasi.poll_oneoff").ParentSpanId);
        Assert.InRange(trace.Span("wasi.poll_oneoff").Duration, TimeSpan.FromMilliseconds(29), trace.Span("sleep").Duration);
    }

    [RequiresToolFact("redis-server")]
    public async Task ASleepThatATimeoutEndsIsASpanToo()
    {
        await node.RunAsync("c/sleep", spec => spec with { Args = ["100000"], Limits = new JobLimits { TimeoutSeconds = 2 } }, trace.Context());

        Assert.True(trace.Span("wasi.poll_oneoff").Duration > TimeSpan.FromMilliseconds(100));
        Assert.Null(trace.Span("wasi.poll_oneoff").GetTagItem("wasi.errno"));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("0", 0L)]
    [InlineData("3", 3L)]
    [InlineData("4294967295", 4294967295L)]
    public async Task AnExitIsASpanWithItsCode(string argument, long code)
    {
        await node.RunAsync("c/exit_code", spec => spec with { Args = [argument], Observe = new ObserveSettings { MinSpanMicroseconds = 0 } }, trace.Context());

        var exit = trace.GuestSpans.Where(span => span.OperationName == "wasi.proc_exit").ToList();
        Assert.Equal([code], exit.Select(span => span.GetTagItem("wasi.exit_code")));
        Assert.Equal(code, trace.Span("execute _start").GetTagItem("process.exit.code"));
    }

    [RequiresToolFact("redis-server")]
    public async Task CallsOfAStartFunctionAreUnderInstantiate()
    {
        var module = Module.ConvertText("""(module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32))) (func $begin (drop (call $yield))) (start $begin) (func (export "_start")))""");

        await node.RunAsync(module, spec => spec with { Observe = new ObserveSettings { MinSpanMicroseconds = 0 } }, trace.Context());

        Assert.Equal(trace.Span("instantiate").SpanId, Assert.Single(trace.GuestSpans).ParentSpanId);
    }

    [RequiresToolFact("redis-server")]
    public async Task ALongPathIsCut()
    {
        var path = "/" + string.Join('/', Enumerable.Repeat("0123456789abcdef", 20));
        await ReadAsync(new ObserveSettings { MinSpanMicroseconds = 0 }, path);

        Assert.Equal(path[1..256] + "…", trace.Span("wasi.path_open").GetTagItem("wasi.path"));
    }

    private async Task<RunningNode.Run> ReadAsync(ObserveSettings observe, params string[] paths)
    {
        var content = await node.Blobs.PutAsync("content\n"u8.ToArray());
        return await node.RunAsync("c/read_input", spec => spec with { Args = paths, Inputs = [new JobInput("/data/a.txt", content)], Observe = observe }, trace.Context());
    }

    private static string ToText(Activity span) =>
        string.Join(' ', [span.OperationName, .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")]);
}
