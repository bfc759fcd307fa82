using System.Globalization;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

public sealed class ExecutionTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    [RequiresToolTheory("redis-server")]
    [InlineData("c/count_vowels")]
    [InlineData("rust/count_vowels")]
    public async Task AGuestReadsStdinAndItsTelemetryIsCounted(string guest)
    {
        var stdin = await node.Blobs.PutAsync("Hello, World"u8.ToArray());
        var run = await node.RunAsync(guest, spec => spec with { Stdin = stdin });

        Assert.Equal((JobState.Completed, 0L, "3\n", ""), (run.Result.State, run.Result.ExitCode, run.Stdout, run.Stderr));
        Assert.Equal((2, 0), (run.Result.Usage.StdoutBytes, run.Result.Usage.StderrBytes));
        Assert.InRange(run.Result.Usage.PeakMemoryBytes, 65536, 256 << 20);
        Assert.Equal((1, 2), (run.Result.Telemetry.Logs, run.Result.Telemetry.Metrics));
        Assert.Equal("node-1", run.Job.Node);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("unreachable", "wasm `unreachable` instruction executed")]
    [InlineData("divide", "integer divide by zero")]
    [InlineData("oob", "out of bounds memory access")]
    [InlineData("stack", "call stack exhausted")]
    [InlineData("indirect", "indirect call type mismatch")]
    public async Task ATrapIsTheReasonAndItsWordsTheMessage(string kind, string message)
    {
        var run = await node.RunAsync("c/trap", spec => spec with { Args = [kind] });

        Assert.Equal((JobState.Failed, JobReason.Trap, message), (run.Result.State, run.Result.Reason, run.Result.Message));
        Assert.Null(run.Result.ExitCode);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("0", JobState.Completed, null)]
    [InlineData("3", JobState.Failed, JobReason.ExitCode)]
    [InlineData("4294967295", JobState.Failed, JobReason.ExitCode)]
    public async Task AnExitCodeIsTheNumberTheGuestGave(string code, JobState state, JobReason? reason)
    {
        var run = await node.RunAsync("c/exit_code", spec => spec with { Args = [code] });

        Assert.Equal((state, reason, long.Parse(code, CultureInfo.InvariantCulture)), (run.Result.State, run.Result.Reason, run.Result.ExitCode));
    }

    [RequiresToolFact("redis-server")]
    public async Task LongCallsOneAfterAnotherEndInTimeToo()
    {
        // 32 MiB of random bytes, 20,000 times without a loop: minutes, in which the guest itself meets no epoch.
        var calls = new System.Text.StringBuilder().Insert(0, "(drop (call $random (i32.const 0) (i32.const 33554432)))", 20_000);
        var module = Module.ConvertText($"""(module (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32))) (memory (export "memory") 512) (func (export "_start") {calls}))""");

        var run = await node.RunAsync(module, spec => spec with { Limits = new JobLimits { TimeoutSeconds = 0.5 } });

        Assert.Equal((JobState.Failed, JobReason.Timeout), (run.Result.State, run.Result.Reason));
        Assert.True(run.Job.FinishedAt - run.Job.StartedAt < TimeSpan.FromSeconds(30), "The guest was not ended by its time.");
    }

    [RequiresToolFact("redis-server")]
    public async Task FuelThatIsUsedUpIsTheReason()
    {
        var run = await node.RunAsync("c/spin", spec => spec with { Limits = new JobLimits { Fuel = 100_000 } });

        Assert.Equal((JobState.Failed, JobReason.FuelExhausted, "The job used up its fuel of 100000; limits.fuel may be raised."), (run.Result.State, run.Result.Reason, run.Result.Message));
        Assert.Equal(100_000, run.Result.Usage.Fuel);
    }

    [RequiresToolFact("redis-server")]
    public async Task FuelThatSufficesIsCounted()
    {
        var run = await node.RunAsync("c/count_vowels", spec => spec with { Limits = new JobLimits { Fuel = 100_000_000 } });

        Assert.Equal(JobState.Completed, run.Result.State);
        Assert.InRange(run.Result.Usage.Fuel!.Value, 100, 10_000_000);
    }

    [RequiresToolFact("redis-server")]
    public async Task AGuestFindsItsInputsArgumentsAndEnvironmentAndNothingElse()
    {
        var content = await node.Blobs.PutAsync("content of a\n"u8.ToArray());
        var files = await node.RunAsync("c/read_input", spec => spec with { Args = ["/data/a.txt", "/data"], Inputs = [new JobInput("/data/a.txt", content)] });
        var world = await node.RunAsync("c/env_args", spec => spec with { Name = "me", Args = ["a", "b c"], Env = new Dictionary<string, string> { ["K"] = "v=w" } });

        Assert.Equal("content of a\na.txt\n", files.Stdout);
        Assert.Matches($"^argv\\[0\\]=me\nargv\\[1\\]=a\nargv\\[2\\]=b c\nK=v=w\nTRACEPARENT=00-[0-9a-f-]+\nWASMASPIRE_EXECUTION_ID={world.Job.Id}-1\nWASMASPIRE_JOB_ID={world.Job.Id}\n$", world.Stdout);
    }

    [RequiresToolFact("redis-server")]
    public async Task FuelIsCountedWhereItIsAskedFor()
    {
        var observe = new ObserveSettings { Fuel = true };
        var first = await node.RunAsync("c/count_vowels", spec => spec with { Observe = observe });
        var second = await node.RunAsync("c/count_vowels", spec => spec with { Observe = observe });
        var other = await node.RunAsync("c/count_vowels");

        Assert.Equal([JobState.Completed, JobState.Completed, JobState.Completed], [first.Result.State, second.Result.State, other.Result.State]);
        // The same work takes the same fuel, whatever else goes on.
        Assert.True(first.Result.Usage!.Fuel > 1000);
        Assert.Equal(first.Result.Usage.Fuel, second.Result.Usage!.Fuel);
        Assert.Null(other.Result.Usage!.Fuel);
    }

    [RequiresToolFact("redis-server")]
    public async Task ATimeoutEndsAGuestThatCountsFuelToo()
    {
        var run = await node.RunAsync("c/spin", spec => spec with { Observe = new ObserveSettings { Fuel = true }, Limits = new JobLimits { TimeoutSeconds = 0.3 } });

        Assert.Equal(JobReason.Timeout, run.Result.Reason);
        Assert.True(run.Result.Usage!.Fuel > 0);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("c/spin", "")]
    [InlineData("c/sleep", "100000")]
    public async Task ATimeoutEndsAGuestThatSpinsAndOneThatSleeps(string guest, string argument)
    {
        var run = await node.RunAsync(guest, spec => spec with { Args = [argument], Limits = new JobLimits { TimeoutSeconds = 0.2 } });

        Assert.Equal((JobState.Failed, JobReason.Timeout), (run.Result.State, run.Result.Reason));
        Assert.Equal("The job ran longer than 0.2 s; limits.timeoutSeconds may be raised to 3600.", run.Result.Message);
    }

    [RequiresToolFact("redis-server")]
    public async Task MemoryBeyondTheLimitIsRefusedToTheGuest()
    {
        var run = await node.RunAsync("c/grow", spec => spec with { Args = ["100"], Limits = new JobLimits { MemoryBytes = 4 << 20 } });

        Assert.Equal((JobState.Completed, "grew by 3 MiB\n"), (run.Result.State, run.Stdout));
        Assert.InRange(run.Result.Usage.PeakMemoryBytes, 3 << 20, 4 << 20);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleThatDeclaresMoreThanTheLimitFails()
    {
        var run = await node.RunAsync("c/count_vowels", spec => spec with { Limits = new JobLimits { MemoryBytes = 65536 } });

        Assert.Equal(JobReason.MemoryLimit, run.Result.Reason);
        Assert.Contains("limits.memoryBytes is 65536", run.Result.Message, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task OutputBeyondTheLimitEndsTheJobAndWhatFitsIsKept()
    {
        var run = await node.RunAsync("c/env_args", spec => spec with { Name = new string('x', 200), Limits = new JobLimits { StdoutBytes = 10 } });

        Assert.Equal((JobReason.OutputLimit, "argv[0]=xx"), (run.Result.Reason, run.Stdout));
        Assert.Equal("The job wrote more than 10 bytes to stdout; limits.stdoutBytes may be raised to 67108864.", run.Result.Message);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("add", "[2, 40]", "[42]")]
    [InlineData("add", "[2147483647, 1]", "[-2147483648]")]
    [InlineData("add", "[4294967295, \"2\"]", "[1]")]
    [InlineData("multiply", "[\"4611686018427387904\", 2]", "[\"-9223372036854775808\"]")]
    [InlineData("multiply", "[\"9007199254740993\", 1]", "[\"9007199254740993\"]")]
    [InlineData("hypotenuse", "[3, 4.0]", "[5]")]
    [InlineData("hypotenuse", "[\"NaN\", 1]", "[\"NaN\"]")]
    [InlineData("hypotenuse", "[\"Infinity\", 1]", "[\"Infinity\"]")]
    public async Task ANumericEntryPointTakesAndGivesNumbers(string entrypoint, string arguments, string results)
    {
        var run = await node.RunAsync("c/add", spec => spec with { Entrypoint = entrypoint, EntrypointArgs = JsonSerializer.Deserialize<JsonElement[]>(arguments)! });

        Assert.Null(run.Result.Message);
        Assert.Equal((JobState.Completed, 0L, results), (run.Result.State, run.Result.ExitCode, JsonSerializer.Serialize(run.Result.Results)));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("_start", "[]", "The module exports no function '_start'. It exports _initialize, add, multiply, hypotenuse.")]
    [InlineData("add", "[1]", "'add' takes 2 arguments; entrypointArgs has 1.")]
    [InlineData("add", "[1, 1.5]", "entrypointArgs[1] is 1.5; 'add' takes a number of type Int32 there.")]
    [InlineData("add", "[1, 4294967296]", "entrypointArgs[1] is 4294967296; 'add' takes a number of type Int32 there.")]
    public async Task AnEntryPointThatCannotBeCalledIsNamed(string entrypoint, string arguments, string message)
    {
        var run = await node.RunAsync("c/add", spec => spec with { Entrypoint = entrypoint, EntrypointArgs = JsonSerializer.Deserialize<JsonElement[]>(arguments)! });

        Assert.Equal((JobReason.EntrypointNotFound, message), (run.Result.Reason, run.Result.Message));
    }

    [RequiresToolFact("redis-server")]
    public async Task AnImportThatNobodyOffersOrOfAnotherTypeIsNamed()
    {
        var unknown = await node.RunAsync("wat/unknown_import");
        var mistyped = await node.RunAsync(Module.ConvertText("""(module (import "wasi_snapshot_preview1" "fd_close" (func (param i64))) (func (export "_start")))"""));

        Assert.Equal((JobReason.MissingImport, JobReason.MissingImport), (unknown.Result.Reason, mistyped.Result.Reason));
        Assert.Contains("env::nothing_like_this", unknown.Result.Message, StringComparison.Ordinal);
        Assert.Contains("wasi_snapshot_preview1::fd_close", mistyped.Result.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> InvalidModules => new()
    {
        { "not a WebAssembly module", "hello"u8.ToArray() },
        { "the module is cut off", RunningNode.Guest("c/count_vowels")[..3000] },
        { "type mismatch", [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 0x0A, 4, 1, 2, 0, 0x0B] },
        // It aborts the process of a node whose Config leaves typed references on: ../shared/facts/hostile.md.
        { "value type 0x64: typed function references are not supported", [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x64, 0, 0] },
        { "garbage collection is not supported", Module.ConvertText("(module (type (struct (field i32))))") },
        { "exception handling is not supported", Module.ConvertText("(module (tag))") },
        { "memory64 is not supported", Module.ConvertText("""(module (import "m" "m" (memory i64 1)))""") },
        { "threads are not supported", Module.ConvertText("(module (memory 1 1 shared))") },
        { "memory64 is not supported", Module.ConvertText("(module (memory i64 1))") },
    };

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(InvalidModules))]
    public async Task AnInvalidModuleFailsAndTheNodeLivesOn(string message, byte[] module)
    {
        var run = await node.RunAsync(module);

        Assert.Equal((JobState.Failed, JobReason.InvalidModule), (run.Result.State, run.Result.Reason));
        Assert.Contains(message, run.Result.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("(func $s unreachable) (start $s) (func (export \"_start\"))", "wasm `unreachable` instruction executed")]
    [InlineData("(memory 1) (data (i32.const 70000) \"x\") (func (export \"_start\"))", "out of bounds memory access")]
    public async Task ATrapBeforeTheEntryPointIsATrap(string body, string message)
    {
        var run = await node.RunAsync(Module.ConvertText($"(module {body})"));

        Assert.Equal((JobReason.Trap, message), (run.Result.Reason, run.Result.Message));
    }

    [RequiresToolFact("redis-server")]
    public async Task AStartFunctionThatNeverEndsIsEndedToo()
    {
        var run = await node.RunAsync(
            Module.ConvertText("(module (func $s (loop (br 0))) (start $s) (func (export \"_start\")))"),
            spec => spec with { Limits = new JobLimits { TimeoutSeconds = 0.2 } });

        Assert.Equal(JobReason.Timeout, run.Result.Reason);
    }

    [RequiresToolFact("redis-server")]
    public async Task ContentThatIsGoneFailsTheJobAndTheNodeLivesOn()
    {
        var id = (await node.Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = new BlobReference(new string('0', 64), 1) }, [], null, null)).Id;
        var run = await node.EndAsync(id);

        Assert.Equal((JobState.Failed, JobReason.AttemptsExhausted), (run.Result.State, run.Result.Reason));
        Assert.Contains("is not in Redis any more", run.Result.Message, StringComparison.Ordinal);
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
    }
}
