using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>An instrumented module as wabt writes it down: what becomes of a function, to be read.</summary>
public sealed class GoldenTests
{
    private const string Text = """
        (module
          (memory 1)
          (func $grow (export "grow") (param $pages i32) (result i32)
            (if (i32.eqz (local.get $pages)) (then (return (i32.const -1))))
            (memory.grow (local.get $pages))))
        """;

    [RequiresToolTheory("wasm2wat")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFunctionWithAReturnAndAGrowth(bool gates)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["golden.wasm"], Instrumenter.Instrument(Module.ConvertText(Text), new InstrumentOptions { All = true, Gates = gates }).Wasm.ToArray());

        var (exitCode, actual) = Tool.TryRun("wasm2wat", [folder["golden.wasm"]]);

        Assert.Equal(0, exitCode);
        var golden = Path.Combine(RepositoryRoot.Path, "Tests", "Instrument", "Golden", gates ? "grow.gated.wat" : "grow.wat");
        Assert.Equal(await File.ReadAllTextAsync(golden), actual);
    }
}
