using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.Hostile;

/// <summary>Small modules whose compiling would take minutes or gigabytes: its limit ends it, not the module's size.</summary>
[Collection(RunsAlone.Name)]
public sealed class CompileTests(HostileNode node) : IClassFixture<HostileNode>
{
    private static readonly Dictionary<string, Func<byte[]>> Bombs = new()
    {
        ["a branch table to few wide blocks"] = () => CompileBombs.BranchTable(1000, 1000),
        ["a branch table to many narrow blocks"] = () => CompileBombs.BranchTable(60_000, 64),
        ["calls of 1,000 values"] = () => CompileBombs.ManyValues(10_000, 1000),
        ["calls of 64 values"] = () => CompileBombs.ManyValues(200_000, 64),
        ["locals in nested loops"] = CompileBombs.LocalsInLoops,
        ["loops in a row"] = CompileBombs.LoopsInARow,
        ["indirect calls"] = CompileBombs.IndirectCalls,
        ["ifs in a row"] = CompileBombs.IfsInARow,
        ["a million functions"] = () => CompileBombs.EmptyFunctions(1_000_000),
        ["wide types"] = CompileBombs.WideTypes,
        ["a long element segment"] = CompileBombs.ElementSegment,
    };

    public static TheoryData<string> Names => new(Bombs.Keys);

    /// <remarks>A bomb that is refused as invalid would test nothing.</remarks>
    [Theory]
    [MemberData(nameof(Names))]
    public void ABombIsAValidModule(string bomb)
    {
        using var engine = new Engine();

        Assert.Null(Module.Validate(engine, Bombs[bomb]()));
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(Names))]
    public Task ABombIsEndedByALimitOfCompiling(string bomb) => node.AttackAsync(
        Bombs[bomb](),
        run => run.AssertFailed("compile-limit", "^Compiling the module took |^The compiled module is longer than | are compiled here\\.$"),
        compiling: HostileNode.CompileMilliseconds);

    [RequiresToolFact("redis-server")]
    public Task AHundredThousandFunctionsAreStillAModule() => node.AttackAsync(
        CompileBombs.EmptyFunctions(100_000),
        run => run.AssertCompleted(),
        compiling: HostileNode.CompileMilliseconds);
}
