using WasmAspire.Cli.Lint;
using Wasmtime;

namespace WasmAspire.Tests.Cli;

public sealed class LintTests
{
    private const string Api = """
        (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $exit))
        (memory (export "memory") 1) (table 1 funcref) (type $t (func))
        (func $work) (func $close call $exit) (func $indirect (call_indirect (type $t) (i32.const 0)))
        """;

    private const string Enter = "(call $enter (i32.const 0) (i32.const 1))";

    /// <summary>A function and what is found in it.</summary>
    public static TheoryData<string, string?> Functions => new()
    {
        { $"{Enter} call $work", "the span that is opened here is never closed" },
        { $"{Enter} call $work return", "the span that is opened here is never closed" },
        { $"{Enter} (if (i32.const 1) (then call $work return)) call $exit", "a return leaves the span open that was opened here" },
        { $"{Enter} call $work call $exit {Enter} call $work", null },
        { $"{Enter} call $work call $exit", null },
        { $"{Enter} call $work call $close", null },
        { $"{Enter} call $indirect", null },
        { $"{Enter} (call_indirect (type $t) (i32.const 0))", null },
        { $"{Enter}", null },
        { $"{Enter} call $work unreachable", null },
        { $"(if (i32.const 1) (then {Enter})) call $work", null },
        { $"(block (br_if 0 (i32.const 1)) {Enter}) call $work", null },
        { $"(br_if 0 (i32.const 1)) {Enter} call $work", null },
        { $"{Enter} (loop $l (if (i32.const 1) (then call $work return)) call $exit (br $l))", null },
        { $"call $work return_call $close", null },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void FindsSpansThatAreCertainlyLeftOpen(string body, string? finding)
    {
        var findings = ModuleLint.Check(Module.ConvertText($"(module {Api} (func $f {body}))")).Where(found => found.Code == "W04").ToList();

        Assert.Equal(finding, findings.SingleOrDefault()?.Message);
        Assert.All(findings, found => Assert.Equal(("f", 5), (found.Function, found.Index)));
    }

    public static TheoryData<string, string[]> Modules => new()
    {
        { "(module)", ["I03", "I04"] },
        { "(module (func $f))", ["I03", "I04"] },
        { "(module (func $f) (start $f))", ["I03", "I08", "I04"] },
        { "(module (func $f (export \"_initialize\")))", ["I03", "I09", "I04"] },
        { "(module (func))", ["I03", "W01", "I04"] },
        { "(module (import \"dylibso:observe/api\" \"log\" (func $log (param i32 i32 i32))))", ["I02", "I04", "W02"] },
        { "(module (import \"dylibso:observe/api\" \"span-enter\" (func $e (param i32 i32))) (memory (export \"memory\") 1))", ["I02", "I07", "I04"] },
        { "(module (import \"dylibso_observe\" \"span_exit\" (func $e)) (memory (export \"memory\") 1))", ["I02", "I04", "I06"] },
        { "(module (import \"dylibso:observe/instrument\" \"enter\" (func $e (param i32))))", ["I01", "I04"] },
        { "(module (import \"env\" \"f\" (func $f)) (import \"wasi_snapshot_preview1\" \"fd_write\" (func $w)))", ["I03", "I04", "W03"] },
        { "(module (import \"dylibso:observe/api\" \"span-start\" (func $f)) (memory (export \"memory\") 1))", ["I02", "I04", "W03"] },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void SaysWhatAModuleWillGive(string text, string[] codes) =>
        Assert.Equal(codes, ModuleLint.Check(Module.ConvertText(text)).Select(finding => finding.Code));

    [Fact]
    public void FindsNothingWrongWithTheGuests()
    {
        var guests = Path.Combine(RepositoryRoot.Path, "guests", "wasm");
        var hostile = Path.Combine(guests, "hostile") + Path.DirectorySeparatorChar;
        var warnings = Directory.GetFiles(guests, "*.wasm", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(hostile, StringComparison.Ordinal))
            .SelectMany(file => ModuleLint.Check(File.ReadAllBytes(file)).Where(finding => finding.Level == FindingLevel.Warning).Select(finding => $"{Path.GetRelativePath(guests, file)} {finding.Code}"));

        Assert.Equal(["wat/unknown_import.wasm W03"], warnings);
    }

    [Fact]
    public void AWarningIsTheExitCodeAndHasItsPlace()
    {
        var wasm = Module.ConvertText($"(module {Api} (func $f {Enter} call $work))");

        var run = Wasmaspire.Run(wasm, "lint", "-");
        var json = Wasmaspire.Run(wasm, "lint", "-", "--json");

        Assert.Equal((1, 1), (run.ExitCode, json.ExitCode));
        Assert.Contains("standard input: warning W04: the span that is opened here is never closed (in f, function 5, at byte ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"W04\"", json.Output, StringComparison.Ordinal);
        Assert.Equal(0, Wasmaspire.Run("lint", "guests/wasm/c/trap.wasm").ExitCode);
    }
}
