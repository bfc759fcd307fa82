using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Small modules whose compiling would take minutes or gigabytes: its limit ends it, not the module's size.</summary>
[Collection(RunsAlone.Name)]
public sealed class CompileTests(HostileNode node) : IClassFixture<HostileNode>
{
    /// <summary>The node's limit for compiling, by default.</summary>
    private const double Limit = 30_000;

    [RequiresToolFact("redis-server")]
    public Task ABranchTableToManyWideBlocks() => IsEndedAsync(CompileBombs.BranchTable());

    [RequiresToolFact("redis-server")]
    public Task ManyLocalsInNestedLoops() => IsEndedAsync(CompileBombs.LocalsInLoops());

    [RequiresToolFact("redis-server")]
    public Task CallsOfManyParameters() => IsEndedAsync(CompileBombs.CallsOfManyParameters());

    [RequiresToolFact("redis-server")]
    public Task ManyLoopsInARow() => IsEndedAsync(CompileBombs.LoopsInARow());

    [RequiresToolFact("redis-server")]
    public Task ManyIndirectCalls() => IsEndedAsync(CompileBombs.IndirectCalls());

    [RequiresToolFact("redis-server")]
    public Task ManyIfsInARow() => IsEndedAsync(CompileBombs.IfsInARow());

    [RequiresToolFact("redis-server")]
    public Task AMillionFunctions() => IsEndedAsync(CompileBombs.EmptyFunctions(1_000_000));

    [RequiresToolFact("redis-server")]
    public Task ManyWideTypes() => IsEndedAsync(CompileBombs.WideTypes());

    [RequiresToolFact("redis-server")]
    public Task ALongElementSegment() => IsEndedAsync(CompileBombs.ElementSegment());

    [RequiresToolFact("redis-server")]
    public Task AHundredThousandFunctionsAreStillAModule() => node.AttackAsync(
        CompileBombs.EmptyFunctions(100_000), run => run.AssertCompleted(), compiling: Limit);

    private Task IsEndedAsync(byte[] module) =>
        node.AttackAsync(module, run => run.AssertFailed("compile-limit", "compil"), compiling: Limit);
}
