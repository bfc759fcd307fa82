using WasmAspire.Instrument;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>Which functions are instrumented, and why others are not.</summary>
public sealed class FunctionChoiceTests
{
    // A leaf of exactly 24 instructions, and one of 23.
    private static readonly string Leaf24 = $"(func $leaf24 {Nops(24)})";
    private static readonly string Leaf23 = $"(func $leaf23 {Nops(23)})";

    [Fact]
    public void LeavesOutSmallLeavesAndKeepsWhatCallsOrLoops()
    {
        var report = Report($"""
            (module {Leaf24} {Leaf23}
              (type $t (func)) (table 1 funcref)
              (func $calls call $leaf24)
              (func $calls_indirectly (call_indirect (type $t) (i32.const 0)))
              (func $tail_calls return_call $leaf24)
              (func $loops (loop))
              (func $branches (block (if (i32.const 1) (then nop) (else nop)))))
            """);

        Assert.Equal(
            """
            leaf24 24 False +
            leaf23 23 False SmallLeaf
            calls 1 True +
            calls_indirectly 2 True +
            tail_calls 1 True +
            loops 1 True +
            branches 5 False SmallLeaf
            """,
            Text(report));
        Assert.Equal(5, report.Instrumented);
    }

    [Theory]
    [InlineData(0, "leaf23 23 False +")]
    [InlineData(23, "leaf23 23 False +")]
    [InlineData(25, "leaf23 23 False SmallLeaf")]
    public void MinInstructionsMovesTheLine(int minInstructions, string expected) =>
        Assert.Equal(expected, Text(Report($"(module {Leaf23})", new InstrumentOptions { MinInstructions = minInstructions })));

    [Theory]
    [InlineData("malloc")]
    [InlineData("dlmalloc")]
    [InlineData("memcpy")]
    [InlineData("__multi3")]
    [InlineData("_Znwm")]
    [InlineData("_ZdaPv")]
    [InlineData("__rdl_alloc")]
    [InlineData("_ZN8dlmalloc8dlmalloc17Dlmalloc$LT$A$GT$6malloc17h0123456789abcdefE")]
    [InlineData("_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$16reserve_for_push17h0123456789abcdefE")]
    [InlineData("~lib/rt/tlsf/allocateBlock")]
    [InlineData("runtime.mallocgc")]
    public void LeavesOutAllocatorsAndWhatCompilersAdd(string name)
    {
        var text = $"(module (func (@name \"{name}\") (loop)))";

        Assert.Equal(LeftOut.Runtime, Assert.Single(Report(text).Functions).LeftOut);
        Assert.Null(Assert.Single(Report(text, new InstrumentOptions { All = true }).Functions).LeftOut);
        Assert.Null(Assert.Single(Report(text, new InstrumentOptions { Include = [name] }).Functions).LeftOut);
    }

    [Theory]
    [InlineData("malloc_statistics")]
    [InlineData("my_free")]
    [InlineData("_ZN3app6malloc17h0123456789abcdefE")]
    public void KeepsWhatOnlySoundsLikeThem(string name) =>
        Assert.Null(Assert.Single(Report($"(module (func (@name \"{name}\") (loop)))").Functions).LeftOut);

    [Fact]
    public void PatternsMatchDemangledAndRawNames()
    {
        const string Name = "_ZN3app5parse17h0123456789abcdefE";
        var text = $"(module (func (@name \"{Name}\") nop) (func $other (loop)))";

        Assert.Equal("app::parse 1 False +\nother 1 True NotIncluded", Text(Report(text, new InstrumentOptions { Include = ["app::*"] })));
        Assert.Equal("app::parse 1 False +\nother 1 True NotIncluded", Text(Report(text, new InstrumentOptions { Include = ["_ZN3app5parse*"] })));
        Assert.Equal("app::parse 1 False Excluded\nother 1 True NotIncluded", Text(Report(text, new InstrumentOptions { Include = ["app::*"], Exclude = ["*pars?"] })));
        Assert.Equal("app::parse 1 False +\nother 1 True Excluded", Text(Report(text, new InstrumentOptions { All = true, Exclude = ["other"] })));
    }

    [Fact]
    public void ExportsNameWhatHasNoNameAndIndicesTheRest() =>
        Assert.Equal("run 1 True +\nfunc[3] 1 True +", Text(Report("(module (func (export \"run\") (loop)) (func (loop)))")));

    [Fact]
    public void LeavesOutSmallFunctionsThatOnlyWrapTheObserveApi()
    {
        const string Api = """
            (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
            (import "dylibso_observe" "span_exit" (func $exit))
            """;
        var report = Report($"""
            (module {Api}
              (func $open (param i32) local.get 0 i32.const 3 call $enter)
              (func $open_twice (call $open (i32.const 1)) (call $open (i32.const 2)))
              (func $close call $exit)
              (func $work (call $open (i32.const 1)) (loop) call $close)
              (func $more (call $open (i32.const 1)) call $work call $close)
              (func $long {Nops(40)} call $exit))
            """, new InstrumentOptions { All = true });

        Assert.Equal(
            """
            open 3 True WrapsObserveApi
            open_twice 4 True WrapsObserveApi
            close 1 True WrapsObserveApi
            work 4 True +
            more 4 True +
            long 41 True +
            """,
            Text(report));
    }

    [Fact]
    public void LeavesOutWhatEnginesWouldNotTakeLonger()
    {
        var report = Report($"(module (func $full (local {string.Join(' ', Enumerable.Repeat("i32", 50_000))}) (loop)) (func $fits (param i32) (local {string.Join(' ', Enumerable.Repeat("i32", 49_998))}) (loop)))");

        Assert.Equal("full 1 True TooLarge\nfits 1 True +", Text(report));
    }

    private static string Nops(int count) => string.Join(' ', Enumerable.Repeat("nop", count));

    private static InstrumentReport Report(string text, InstrumentOptions? options = null)
    {
        using var run = new Engine();
        var instrumented = Instrumenter.Instrument(Module.ConvertText(text), options);
        Assert.Null(Module.Validate(run, instrumented.Wasm.Span));
        return instrumented.Report;
    }

    private static string Text(InstrumentReport report) => string.Join('\n', report.Functions
        .Select(function => $"{function.Name} {function.Instructions} {function.CallsOrLoops} {function.LeftOut?.ToString() ?? "+"}"));
}
