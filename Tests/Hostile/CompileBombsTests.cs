using Wasmtime;

namespace WasmAspire.Tests.Hostile;

/// <summary>A bomb that is refused as invalid would test nothing.</summary>
public sealed class CompileBombsTests
{
    private static readonly Dictionary<string, Func<byte[]>> Bombs = new()
    {
        [nameof(CompileBombs.BranchTable)] = CompileBombs.BranchTable,
        [nameof(CompileBombs.LocalsInLoops)] = CompileBombs.LocalsInLoops,
        [nameof(CompileBombs.CallsOfManyParameters)] = CompileBombs.CallsOfManyParameters,
        [nameof(CompileBombs.LoopsInARow)] = CompileBombs.LoopsInARow,
        [nameof(CompileBombs.IndirectCalls)] = CompileBombs.IndirectCalls,
        [nameof(CompileBombs.IfsInARow)] = CompileBombs.IfsInARow,
        [nameof(CompileBombs.EmptyFunctions)] = () => CompileBombs.EmptyFunctions(1_000_000),
        [nameof(CompileBombs.WideTypes)] = CompileBombs.WideTypes,
        [nameof(CompileBombs.ElementSegment)] = CompileBombs.ElementSegment,
    };

    public static TheoryData<string> Names => new(Bombs.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void IsAValidModule(string name)
    {
        using var engine = new Engine();

        Assert.Null(Module.Validate(engine, Bombs[name]()));
    }
}
