using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>A job's memory is the sum over all memories of all its modules.</summary>
public sealed class MemoryLimitTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private const int Page = 65536;

    // Grows by one page as long as it can, and gives how often it could.
    private const string Grow = """
        (func $grow (export "run") (result i32) (local i32)
          (block (loop (br_if 1 (i32.eq (memory.grow (i32.const 1)) (i32.const -1))) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br 0)))
          (local.get 0))
        """;

    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    [RequiresToolTheory("redis-server")]
    [InlineData("""(memory (export "memory") 2)""", 10, 8, 10)]
    [InlineData("(memory 2)", 10, 8, 10)]
    [InlineData("""(memory (export "ram") 2)""", 10, 8, 10)]
    [InlineData("(memory 2 5)", 10, 3, 5)]
    [InlineData("(memory 0) (memory 4)", 10, 6, 10)]
    [InlineData("(memory 0) (memory 10)", 10, 0, 10)]
    [InlineData("(memory 10)", 10, 0, 10)]
    public async Task ItCannotGrowPastTheLimit(string memories, int limit, int grown, int peak)
    {
        var run = await RunAsync(limit, $"{memories} {Grow}");

        Assert.Equal((JobState.Completed, $"{grown}", peak * Page), (run.Result.State, run.Result.Results[0].GetRawText(), run.Result.Usage.PeakMemoryBytes));
    }

    [RequiresToolFact("redis-server")]
    public async Task ALimitThatIsNoWholePageIsRoundedDown()
    {
        var run = await node.RunAsync(Module.ConvertText($"(module (memory 1) {Grow})"), spec => spec with { Entrypoint = "run", Limits = new JobLimits { MemoryBytes = (3 * Page) - 1 } });

        Assert.Equal(("1", 2 * Page), (run.Result.Results[0].GetRawText(), run.Result.Usage.PeakMemoryBytes));
    }

    [RequiresToolFact("redis-server")]
    public async Task AllModulesShareIt()
    {
        var library = new JobImport("lib", await node.Blobs.PutAsync(Module.ConvertText("""(module (memory 3) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))""")));
        var module = Module.ConvertText("""
            (module (import "lib" "grow" (func $grow (param i32) (result i32))) (memory 2)
              (func (export "run") (result i32 i32 i32 i32)
                (call $grow (i32.const 4)) (memory.grow (i32.const 2)) (call $grow (i32.const 0)) (memory.grow (i32.const 1))))
            """);

        var run = await node.RunAsync(module, spec => spec with { Entrypoint = "run", Imports = [library], Limits = new JobLimits { MemoryBytes = 10 * Page } });

        Assert.Equal(["3", "-1", "7", "2"], run.Result.Results.Select(result => result.GetRawText()));
        Assert.Equal(10 * Page, run.Result.Usage.PeakMemoryBytes);
    }

    [RequiresToolFact("redis-server")]
    public async Task AMemoryThatIsImportedCountsOnce()
    {
        var library = new JobImport("lib", await node.Blobs.PutAsync(Module.ConvertText("""(module (memory (export "memory") 6))""")));
        var module = Module.ConvertText($"""(module (import "lib" "memory" (memory 1)) {Grow})""");

        var run = await node.RunAsync(module, spec => spec with { Entrypoint = "run", Imports = [library], Limits = new JobLimits { MemoryBytes = 10 * Page } });

        Assert.Equal(("4", 10 * Page), (run.Result.Results[0].GetRawText(), run.Result.Usage.PeakMemoryBytes));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("(memory 11)")]
    [InlineData("(memory 6) (memory 5)")]
    [InlineData("(memory 65536)")]
    public async Task DeclaredMemoryOverTheLimitIsTheReason(string memories)
    {
        var run = await RunAsync(10, $"{memories} {Grow}");

        Assert.Equal((JobState.Failed, JobReason.MemoryLimit, 0L), (run.Result.State, run.Result.Reason, run.Result.Usage.PeakMemoryBytes));
        Assert.Equal($"The job begins with {(memories.Contains("65536", StringComparison.Ordinal) ? 4L << 30 : 11 * Page)} bytes of memory, which its modules declare; limits.memoryBytes is 655360.", run.Result.Message);
    }

    [RequiresToolFact("redis-server")]
    public async Task AFailureAfterARefusalNamesTheLimitAndThePeak()
    {
        var run = await RunAsync(10, $$"""(memory 2) {{Grow}} (func (export "_initialize") (drop (call $grow)) unreachable)""");

        Assert.Equal((JobState.Failed, JobReason.Trap), (run.Result.State, run.Result.Reason));
        Assert.Equal("wasm `unreachable` instruction executed. It was refused memory before: it had 655360 bytes, and limits.memoryBytes is 655360.", run.Result.Message);
    }

    [RequiresToolFact("redis-server")]
    public async Task AFailureWithoutARefusalSaysNothingOfIt()
    {
        var run = await RunAsync(10, """(memory 2) (func (export "run") (drop (memory.grow (i32.const 8))) unreachable)""");

        Assert.Equal(("wasm `unreachable` instruction executed", 10 * Page), (run.Result.Message, run.Result.Usage.PeakMemoryBytes));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("(table 100001 funcref)", "table minimum size of 100001 elements exceeds table limits")]
    [InlineData("(table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref) (table 1 funcref)", "resource limit exceeded: table count too high at 11")]
    public async Task TooManyTableElementsAreAMemoryLimitToo(string tables, string message)
    {
        var run = await RunAsync(10, $"""{tables} (func (export "run"))""");

        Assert.Equal((JobState.Failed, JobReason.MemoryLimit), (run.Result.State, run.Result.Reason));
        Assert.Equal($"{message}. Each module may have 10 tables, each table 100000 elements, and all modules of a job 100 memories.", run.Result.Message);
    }

    [RequiresToolFact("redis-server")]
    public async Task ATableCannotGrowPastItsLimit()
    {
        var run = await RunAsync(10, """(table 1 funcref) (func (export "run") (result i32 i32) (table.grow (ref.null func) (i32.const 99999)) (table.grow (ref.null func) (i32.const 1)))""");

        Assert.Equal(["1", "-1"], run.Result.Results.Select(result => result.GetRawText()));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleCannotImportTheGuardItself()
    {
        var run = await RunAsync(10, """(import "wasmaspire:memory" "pages-left" (global (mut i32))) (func (export "run") (global.set 0 (i32.const 65535)))""");

        Assert.Equal((JobState.Failed, JobReason.MissingImport, "The module imports from wasmaspire:memory, which is the node's own."), (run.Result.State, run.Result.Reason, run.Result.Message));
    }

    private Task<RunningNode.Run> RunAsync(int pages, string fields) =>
        node.RunAsync(Module.ConvertText($"(module {fields})"), spec => spec with { Entrypoint = "run", Limits = new JobLimits { MemoryBytes = (long)pages * Page } });
}
