using System.Text;
using WasmAspire.Jobs;
using WasmAspire.Tests.ComputeNode.Compilation;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>What a job writes is there while it runs, and stays when it is cancelled.</summary>
public sealed class CancelTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    // Writes "begun\n", then what the template says.
    private const string Begin = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\08\00\00\00\06\00\00\00begun\n")
          (data (i32.const 100) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00\00\00\00\00\ff\ff\ff\0f")
          (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64))) BODY))
        """;

    private const string Spin = "(loop (br 0))";

    // For some days.
    private const string Sleep = "(drop (call $poll (i32.const 100) (i32.const 200) (i32.const 1) (i32.const 300)))";

    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis, slots: 1);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    [RequiresToolTheory("redis-server")]
    [InlineData(Spin)]
    [InlineData(Sleep)]
    public async Task ARunningGuestStopsAndItsOutputStays(string body)
    {
        using var trace = new RecordedTrace();
        var id = await node.SubmitAsync(Guest(body), traceContext: trace.Context());
        await OutputAsync(id, "begun\n");

        Assert.Equal(JobState.Running, await node.Queue.CancelAsync(id));

        var run = await node.EndAsync(id);
        Assert.Equal((JobState.Cancelled, JobReason.Cancelled, "The job was cancelled.", "begun\n"), (run.Result.State, run.Result.Reason, run.Result.Message, run.Stdout));
        Assert.Equal((6, 65536), (run.Result.Usage.StdoutBytes, run.Result.Usage.PeakMemoryBytes));
        Assert.Equal("The job was cancelled.", trace.Span("execute _start").StatusDescription);
        // The slot works on.
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task AGuestInItsStartFunctionStopsToo()
    {
        var id = await node.SubmitAsync(Module.ConvertText("""(module (func $begin (loop (br 0))) (start $begin))"""));
        await node.WaitAsync(id, job => job.State == JobState.Running);

        await node.Queue.CancelAsync(id);

        Assert.Equal(JobState.Cancelled, (await node.EndAsync(id)).Result.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task CompilingStopsToo()
    {
        var id = await node.SubmitAsync(ExpensiveModules.NestedLoops(1100));
        await node.WaitAsync(id, job => job.State == JobState.Running);

        await node.Queue.CancelAsync(id);

        var run = await node.EndAsync(id);
        Assert.Equal((JobState.Cancelled, JobReason.Cancelled), (run.Result.State, run.Result.Reason));
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatWaitsBehindItIsCancelledWithoutARun()
    {
        var running = await node.SubmitAsync(Guest(Spin));
        await node.WaitAsync(running, job => job.State == JobState.Running);
        var queued = await node.SubmitAsync(Guest(Spin));

        await node.Queue.CancelAsync(queued);
        await node.Queue.CancelAsync(running);

        Assert.Equal((JobState.Cancelled, 0), ((await node.EndAsync(queued)).Result.State, (await node.EndAsync(queued)).Job.Attempt));
        Assert.Equal(JobState.Cancelled, (await node.EndAsync(running)).Result.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatIsTakenFromTheNodeStops()
    {
        var id = await node.SubmitAsync(Guest(Spin));
        await OutputAsync(id, "begun\n");

        await node.Queue.CancelAsync(id, withoutNode: true);

        // The one slot is free again.
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
        await node.WaitForLogAsync("NotHeld");
    }

    [RequiresToolFact("redis-server")]
    public async Task MuchOutputArrivesWholeAndInOrder()
    {
        // 3,000 times "begun\n" a round, 100 rounds: 1.8 MB.
        var module = Guest("""
            (local i32) (loop (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 299999))))
            """);

        var run = await node.RunAsync(module, spec => spec with { Limits = new JobLimits { StdoutBytes = 4 << 20 } });

        Assert.Equal((JobState.Completed, 1_800_000), (run.Result.State, run.Result.Usage.StdoutBytes));
        Assert.True(run.Stdout == new StringBuilder().Insert(0, "begun\n", 300_000).ToString(), "The output is not what was written.");
    }

    private static byte[] Guest(string body)
    {
        // Locals come before the first instruction.
        var start = body.TrimStart().StartsWith("(local i32)", StringComparison.Ordinal) ? "(local i32) " : "";
        var text = Begin.Replace("BODY", body.TrimStart()[start.Length..], StringComparison.Ordinal);
        return Module.ConvertText(text.Replace("(func (export \"_start\") ", $"(func (export \"_start\") {start}", StringComparison.Ordinal));
    }

    /// <summary>Waits until a running job has written this.</summary>
    private async Task OutputAsync(string id, string text)
    {
        var told = new SemaphoreSlim(0);
        var leave = await node.Store.OnOutputAsync(id, () => told.Release());
        while (Encoding.UTF8.GetString(await node.Store.GetStdoutAsync(id)) != text)
        {
            Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)), $"Job {id} has not written {text}");
        }

        await leave();
        Assert.Equal(JobState.Running, (await node.Store.GetAsync(id))!.State);
    }
}
