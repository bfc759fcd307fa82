using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests that do not end by themselves, or end otherwise than by returning.</summary>
[Collection(RunsAlone.Name)]
public sealed class LoopsTests(HostileNode node) : IClassFixture<HostileNode>
{
    [RequiresToolTheory("redis-server")]
    [InlineData("infinite_loop", "_start")]
    [InlineData("loop_in_start", "_start")]
    [InlineData("loop_in_initialize", "run")]
    [InlineData("huge_sleep", "_start")]
    [InlineData("sleep_storm", "_start")]
    [InlineData("fill_forever", "_start")]
    [InlineData("grow_forever", "_start")]
    [InlineData("random_forever", "_start")]
    [InlineData("read_forever", "_start")]
    public Task IsEndedByItsTime(string program, string entrypoint) =>
        node.AttackAsync(program, run => run.AssertTimeout(), spec => spec with { Entrypoint = entrypoint });

    [RequiresToolFact("redis-server")]
    public Task OneLongCallIsEndedByItsTimeToo() => node.AttackAsync(
        "random_bomb",
        run => run.AssertTimeout(),
        spec => spec with { Limits = spec.Limits with { MemoryBytes = 4L << 30 } });

    [RequiresToolTheory("redis-server")]
    [InlineData("infinite_recursion")]
    [InlineData("recursion_into_host")]
    public Task RecursionEndsWhereTheStackDoes(string program) =>
        node.AttackAsync(program, run => run.AssertFailed("trap", "^call stack exhausted$"));

    [RequiresToolFact("redis-server")]
    public Task ATrapInTheStartFunctionIsATrap() =>
        node.AttackAsync("trap_in_start", run => run.AssertFailed("trap", "^wasm `unreachable` instruction executed$"));

    [RequiresToolFact("redis-server")]
    public Task AnExitInAChainOfCallsEndsAllOfThem() => node.AttackAsync("exit_in_call_chain", run => run.AssertExit(7));

    [RequiresToolFact("redis-server")]
    public Task AnExitCodeIsUnsigned() => node.AttackAsync("exit_code_max", run => run.AssertExit(4294967295));
}
