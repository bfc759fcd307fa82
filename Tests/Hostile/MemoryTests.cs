using WasmAspire.Jobs;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests that take all the memory they can get.</summary>
[Collection(RunsAlone.Name)]
public sealed class MemoryTests(HostileNode node) : IClassFixture<HostileNode>
{
    private const int Limit = 64 << 20;
    private const int PageBytes = 64 << 10;

    [RequiresToolFact("redis-server")]
    public Task GrowthEndsAtTheLimit() => node.AttackAsync(
        "memory_bomb_growth",
        run =>
        {
            run.AssertFailed("trap", $"^wasm `unreachable` instruction executed.*limits\\.memoryBytes.*{Limit}");
            Assert.InRange(run.Usage.PeakMemoryBytes, Limit - (1 << 20), Limit);
        },
        WithLimit);

    [RequiresToolFact("redis-server")]
    public Task AMinimumAboveTheLimitIsRefused() => node.AttackAsync(
        "memory_bomb_minimum",
        run => run.AssertFailed("memory-limit", $"limits\\.memoryBytes is {Limit}"),
        WithLimit);

    [RequiresToolFact("redis-server")]
    public Task ATableGrowsToItsLimit() => node.AttackAsync(
        "table_bomb",
        run => run.AssertCompleted(results: "[100000]"),
        spec => spec with { Entrypoint = "run" });

    [RequiresToolFact("redis-server")]
    public Task ATableAboveTheLimitIsRefused() => node.AttackAsync(
        "table_bomb_minimum",
        run => run.AssertFailed("memory-limit", "10000000 elements"));

    [RequiresToolFact("redis-server")]
    public Task TheLimitIsForAllMemoriesTogether() => node.AttackAsync(
        "two_memories",
        run =>
        {
            run.AssertCompleted(results: null);
            var bytes = run.Run.Result.Results.Single().GetInt32() * (long)PageBytes;
            Assert.InRange(bytes, Limit / 4, Limit);
            Assert.Equal(bytes, run.Usage.PeakMemoryBytes);
        },
        spec => WithLimit(spec) with { Entrypoint = "run" });

    [RequiresToolFact("redis-server")]
    public Task AMemoryWithSeveralNamesCountsOnce() => node.AttackAsync("memory_many_names", run =>
    {
        run.AssertCompleted();
        Assert.Equal(1 << 20, run.Usage.PeakMemoryBytes);
    });

    private static JobSpec WithLimit(JobSpec spec) => spec with { Limits = spec.Limits with { MemoryBytes = Limit } };
}
