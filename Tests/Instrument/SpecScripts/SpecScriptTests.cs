using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Instrument.SpecScripts;

/// <summary>
/// The official test scripts of WebAssembly 2.0: every assertion holds on the modules as they are, and instrumented with
/// gates and without, and with guarded memories; enters and exits balance; wabt accepts what the instrumenter writes.
/// </summary>
public sealed class SpecScriptTests
{
    // What the scripts refuse and later proposals allow, by line: several memories, and with 64-bit ones longer numbers as
    // a memory's limits and offsets.
    private static readonly Dictionary<string, string> LaterProposals = new()
    {
        ["binary"] = "223 475 877 897 916 935 974 993 1011 1029",
        ["binary-leb128"] = "218 226",
        ["imports"] = "483 487 491",
        ["memory"] = "10 11",
    };

    /// <summary>The scripts; a name that stands for them where they are absent, so that the tests are skipped and not missing.</summary>
    public static TheoryData<string> Scripts => new(ScriptFolder.Scripts().DefaultIfEmpty("all"));

    [RequiresToolTheory("wast2json", "xz", ScriptFolder.Archive)]
    [MemberData(nameof(Scripts))]
    public void HoldAsTheyAre(string script)
    {
        using var runner = Run(script, wasm => wasm);

        Assert.Equal(LaterProposals.GetValueOrDefault(script, ""), string.Join(' ', runner.Accepted));
    }

    [RequiresToolTheory("wast2json", "xz", ScriptFolder.Archive)]
    [MemberData(nameof(Scripts))]
    public void HoldInstrumentedWithoutGates(string script) =>
        Run(script, wasm => Instrumenter.Instrument(wasm, new InstrumentOptions { All = true, Gates = false }).Wasm.ToArray()).Dispose();

    [RequiresToolTheory("wast2json", "wasm-validate", "xz", ScriptFolder.Archive)]
    [MemberData(nameof(Scripts))]
    public void HoldInstrumentedWithGatesAndAreValidForWabt(string script)
    {
        using var folder = new TemporaryFolder();
        using var runner = Run(script, wasm => Instrumenter.Instrument(wasm, new InstrumentOptions { All = true }).Wasm.ToArray());

        foreach (var wasm in runner.Modules)
        {
            File.WriteAllBytes(folder["module.wasm"], wasm);
            Tool.Run("wasm-validate", folder["module.wasm"]);
        }
    }

    [RequiresToolTheory("wast2json", "wasm-validate", "xz", ScriptFolder.Archive)]
    [MemberData(nameof(Scripts))]
    public void HoldGuardedAndAreValidForWabt(string script)
    {
        using var folder = new TemporaryFolder();
        using var runner = Run(script, wasm => MemoryGuard.Rewrite(wasm).ToArray());

        foreach (var wasm in runner.Modules)
        {
            File.WriteAllBytes(folder["module.wasm"], wasm);
            Tool.Run("wasm-validate", folder["module.wasm"]);
        }
    }

    private static ScriptRunner Run(string script, Func<byte[], byte[]> change)
    {
        var runner = new ScriptRunner(ScriptFolder.PathOf(script), change);
        Assert.Empty(runner.Run());
        return runner;
    }
}
