using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>Modules of proposals beyond what is instrumented: each is refused with the proposal's name and the place.</summary>
public sealed class RefusedFeaturesTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "(module (tag $t) (func (throw $t)))", "exception handling" },
        { "(module (func (block $b (try_table (catch_all $b)))))", "exception handling" },
        { "(module (import \"m\" \"t\" (tag)))", "exception handling" },
        { "(module (type (struct (field i32))))", "garbage collection" },
        { "(module (func (drop (ref.i31 (i32.const 1)))))", "garbage collection" },
        { "(module (func (param anyref)))", "garbage collection" },
        { "(module (memory 1 1 shared))", "threads" },
        { "(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))", "threads" },
        { "(module (memory i64 1))", "memory64" },
        { "(module (table i64 1 funcref))", "memory64" },
        { "(module (type $t (func)) (func (param (ref null $t))))", "typed function references" },
        { "(module (type $t (func)) (func (call_ref $t (unreachable))))", "typed function references" },
        { "(module (func (drop (i32x4.relaxed_trunc_f32x4_s (v128.const i64x2 0 0)))))", "relaxed SIMD" },
        { "(module (func (i64.add128 (i64.const 1) (i64.const 1) (i64.const 1) (i64.const 1)) drop drop))", "wide arithmetic" },
        { "(module (memory 1 (pagesize 1)))", "custom page sizes" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void AreRefusedByName(string text, string feature) => Check(Module.ConvertText(text), feature);

    /// <summary>Instructions that no text here can be made of: the opcode, and the proposal.</summary>
    [Theory]
    [InlineData(0x06, "legacy exception handling")]
    [InlineData(0x18, "legacy exception handling")]
    [InlineData(0xE0, "stack switching")]
    public void SoAreInstructionsThatOnlyAnotherProposalHas(byte opcode, string feature) =>
        Check([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 5, 1, 3, 0, opcode, 0x0B], feature);

    private static void Check(byte[] wasm, string feature)
    {
        var error = Assert.Throws<UnsupportedFeatureException>(() => Instrumenter.Instrument(wasm));

        Assert.Equal(feature, error.Feature);
        Assert.Contains($"{feature} {(feature.EndsWith('s') ? "are" : "is")} not supported", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, 8, wasm.Length - 1);
    }
}
