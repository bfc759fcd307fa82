using System.Diagnostics;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>Jobs with <c>observe.instrument=auto</c>.</summary>
public sealed class AutomaticInstrumentationTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime, IDisposable
{
    private static readonly ObserveSettings Automatic = new() { Instrument = ObserveSettings.Automatic, MinSpanMicroseconds = 0, Wasi = false };

    private readonly RecordedTrace trace = new();
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    public void Dispose() => trace.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task APlainModuleShowsItsFunctions()
    {
        var run = await RunAsync(RunningNode.Guest("c/trap"), "divide");

        Assert.Equal(JobReason.Trap, run.Result.Reason);
        var main = trace.Span("main");
        Assert.Equal((ActivityStatusCode.Error, "integer divide by zero"), (main.Status, main.StatusDescription));
        Assert.StartsWith("execute _start > _start.command_export > _start > ", string.Join(" > ", Path(main)), StringComparison.Ordinal);
        Assert.EndsWith("c/trap.c", (string)main.GetTagItem("code.file.path")!, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleIsInstrumentedOnceANode()
    {
        using var second = new RecordedTrace();

        await RunAsync(RunningNode.Guest("c/exit_code"), "3");
        await node.RunAsync("c/exit_code", spec => spec with { Args = ["3"], Observe = Automatic }, second.Context());
        using var plain = new RecordedTrace();
        await node.RunAsync("c/exit_code", spec => spec with { Args = ["3"], Observe = Automatic with { Instrument = ObserveSettings.None } }, plain.Context());

        Assert.Equal(("miss", "hit", "miss"), (Tag(trace, "cache"), Tag(second, "cache"), Tag(plain, "cache")));
        Assert.Equal(Tag(trace, "instrumented_functions"), Tag(second, "instrumented_functions"));
        Assert.True((int)Tag(trace, "instrumented_functions")! > 20);
        Assert.Null(Tag(plain, "instrumented_functions"));
        Assert.Equal(["outer", "inner"], plain.GuestSpans.Select(span => span.OperationName));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleThatTheInstrumenterRefusesRunsAsItIs()
    {
        byte[] linking = [0, 10, 7, .. "linking"u8, 2, 0];

        var run = await RunAsync([.. RunningNode.Guest("c/exit_code"), .. linking], "0");
        var failed = await RunAsync([.. RunningNode.Guest("c/exit_code"), .. linking], "3");

        var offset = RunningNode.Guest("c/exit_code").Length;
        var refusal = $"the module is an object file: link it first (in the linking section, at byte {offset})";
        Assert.Equal((JobState.Completed, $"The module ran without instrumentation: {refusal}."), (run.Result.State, run.Result.Message));
        Assert.EndsWith($" The module ran without instrumentation: {refusal}.", failed.Result.Message, StringComparison.Ordinal);
        Assert.Contains(node.Logs, line => line.StartsWith("NotInstrumented ", StringComparison.Ordinal) && line.Contains(refusal, StringComparison.Ordinal));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleThatIsInstrumentedAlreadyRunsAsItIs()
    {
        var run = await RunAsync(RunningNode.Guest("wat/instrumented"));

        Assert.Null(run.Result.Message);
        Assert.Equal(0, Tag(trace, "instrumented_functions"));
    }

    private IEnumerable<string> Path(Activity span) => span.OperationName.StartsWith("execute", StringComparison.Ordinal)
        ? [span.OperationName]
        : [.. Path(trace.GuestSpans.Append(trace.Span("execute _start")).Single(parent => parent.SpanId == span.ParentSpanId)), span.OperationName];

    private static object? Tag(RecordedTrace trace, string name) => trace.Span("compile").GetTagItem($"wasm.module.{name}");

    private Task<RunningNode.Run> RunAsync(byte[] module, params string[] arguments) =>
        node.RunAsync(module, spec => spec with { Args = arguments, Observe = Automatic }, trace.Context());
}
