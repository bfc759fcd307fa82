using WasmAspire.Jobs;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Modules that are odd, wrong or very big, but cost their compiler no more than their size.</summary>
[Collection(RunsAlone.Name)]
public sealed class ModulesTests(HostileNode node) : IClassFixture<HostileNode>
{
    [RequiresToolFact("redis-server")]
    public Task FiftyThousandFunctionsAreAModule() => RunsAsync(HostileModules.ManyFunctions(50_000), "[100]");

    [RequiresToolFact("redis-server")]
    public Task AFunctionOfAMegabyteIsAFunction() => RunsAsync(HostileModules.BigFunction(), "[333333]");

    [RequiresToolFact("redis-server")]
    public Task BlocksMayBeNestedDeep() => RunsAsync(HostileModules.DeepNesting(), "[7]");

    [RequiresToolFact("redis-server")]
    public Task NamesThatAreNonsenseAreNoNames() => RunsAsync(HostileModules.BrokenNames(), "[7]");

    [RequiresToolFact("redis-server")]
    public Task GatesThatAreNoneAreLeftAlone() => RunsAsync(HostileModules.FalseGates(), "[7]");

    [RequiresToolTheory("redis-server")]
    [InlineData("exports", "entrypoint-not-found", "nnn")]
    [InlineData("import", "missing-import", "mmm")]
    [InlineData("duplicate", "invalid-module", "duplicate export name")]
    public Task LongNamesAreCutInMessages(string what, string reason, string message)
    {
        var module = what switch
        {
            "exports" => HostileModules.LongExports(),
            "import" => HostileModules.LongImport(),
            _ => HostileModules.LongDuplicate(),
        };
        return node.AttackAsync(module, run =>
        {
            run.AssertFailed(reason, message);
            Assert.InRange(run.Run.Result.Message!.Length, 1, 4096);
        });
    }

    [RequiresToolFact("redis-server")]
    public Task AStackOfHugeNamesIsATrapAsAnyOther() => node.AttackAsync(
        HostileModules.HugeFunctionName(),
        run => run.AssertFailed("trap", "^call stack exhausted$"));

    [RequiresToolTheory("redis-server")]
    [InlineData("data_out_of_bounds", "^out of bounds memory access$")]
    [InlineData("elements_out_of_bounds", "^undefined element: out of bounds table access$")]
    public Task ASegmentOutOfBoundsIsATrap(string program, string message) =>
        node.AttackAsync(program, run => run.AssertFailed("trap", message));

    [RequiresToolFact("redis-server")]
    public Task ImportsOfWrongTypesAreMissing() => node.AttackAsync("wrong_import_types", run =>
        run.AssertFailed("missing-import", "wasi_snapshot_preview1::fd_write"));

    [RequiresToolTheory("redis-server")]
    [InlineData("memory_not_exported")]
    [InlineData("memory_other_name")]
    public Task WithoutAMemoryByItsNameEveryPointerIsOutside(string program)
    {
        const int Fault = 21;
        return node.AttackAsync(program, run => run.AssertExit(Fault));
    }

    [RequiresToolFact("redis-server")]
    public Task ATypedReferenceIsRefused() => node.AttackAsync(HostileModules.TypedReference, run =>
        run.AssertFailed("invalid-module", "typed function references are not supported"));

    private Task RunsAsync(byte[] module, string results) => node.AttackAsync(
        module,
        run =>
        {
            // On a machine that is slow or busy the limit of compiling comes first, which is as right.
            if (run.Run.Result.Reason == JobReason.CompileLimit)
            {
                run.AssertFailed("compile-limit", "^Compiling the module took longer than ");
            }
            else
            {
                run.AssertCompleted(results: results);
            }
        },
        spec => spec with { Entrypoint = "run", Limits = spec.Limits with { TimeoutSeconds = 10 } },
        HostileNode.CompileMilliseconds);
}
