using System.Globalization;
using System.Text;

namespace WasmAspire.Tests.Observe;

public sealed class InstrumentedFunctionTests
{
    private const string Imports = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/instrument" "memory-grow" (func $grow (param i32)))
        (memory (export "memory") 1)
        """;

    [Fact]
    public void NamesComeFromTheNameSectionThenFromExportsThenFromTheIndex()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func $work (call $enter (i32.const 3)) (call $exit (i32.const 3)))
              (func (export "run")
                (call $work)
                (call $enter (i32.const 4)) (call $exit (i32.const 4))
                (call $enter (i32.const 99)) (call $exit (i32.const 99))
                (call $enter (i32.const -1)) (call $exit (i32.const -1))))
            """);

        Assert.Equal("work\nrun\nfunc[99]\nfunc[4294967295]\n", guest.Tree());
        Assert.Equal(3L, guest.Span("work").GetTagItem("wasm.function.index"));
        Assert.Equal("work", guest.Span("work").GetTagItem("code.function.name"));
    }

    [Fact]
    public void AnExitClosesTheCallsAboveItThatNeverSaidExit()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 10)) (call $grow (i32.const 1))
                (call $enter (i32.const 11)) (call $grow (i32.const 2)) (drop (memory.grow (i32.const 2)))
                (call $exit (i32.const 10))
                (call $exit (i32.const 11))
                (call $enter (i32.const 12)) (call $exit (i32.const 12))))
            """);

        Assert.Equal("func[10]\n  func[11]\nfunc[12]\n", guest.Tree());
        Assert.Equal(1, guest.Summary.Malformed);
    }

    [Fact]
    public void MemoryGrowthKeepsAFunctionAndIsCountedOnIt()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 10))
                (call $enter (i32.const 11)) (call $grow (i32.const 1)) (drop (memory.grow (i32.const 1))) (call $grow (i32.const 2)) (drop (memory.grow (i32.const 2))) (call $exit (i32.const 11))
                (call $enter (i32.const 12)) (call $exit (i32.const 12))
                (call $exit (i32.const 10))))
            """,
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal("func[10]\n  func[11]\n", guest.Tree());
        Assert.Equal(3L, guest.Span("func[11]").GetTagItem("wasm.memory.grow"));
        Assert.Equal(1L, guest.Span("func[10]").GetTagItem("wasm.folded.calls"));
    }

    [Fact]
    public void CallsDeeperThan64AreFoldedAndPairUpAllTheSame()
    {
        var enters = Repeat(100, "(call $enter (i32.const {0}))");
        var exits = string.Concat(Enumerable.Range(0, 100).Reverse().Select(i => $"(call $exit (i32.const {i}))"));
        using var guest = new ObservedGuest().Run(
            $"""(module {Imports} (func (export "run") {enters} {exits} (call $enter (i32.const 7)) (call $exit (i32.const 7))))""",
            options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal(65, guest.Summary.Spans);
        Assert.Equal(36, guest.Summary.FoldedCalls);
        Assert.Equal(0, guest.Summary.Malformed);
        Assert.Equal(36L, guest.Span("func[63]").GetTagItem("wasm.folded.calls"));
    }

    [Fact]
    public void ATrapInADeepRecursionKeepsTheTree()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func $deep (call $enter (i32.const 3)) (call $deep) (call $exit (i32.const 3)))
              (func (export "run") (call $deep)))
            """);

        Assert.Equal(64, guest.Spans.Count);
        Assert.Single(guest.Logs);
    }

    [Fact]
    public void AnUnsampledTraceGivesNoSpansButLogsAndTotals()
    {
        using var unsampled = new System.Diagnostics.Activity("unsampled") { IsAllDataRequested = false };
        using var guest = new ObservedGuest().Run(
            """
            (module
              (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
              (import "dylibso:observe/api" "span-exit" (func $exit))
              (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "hello")
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5)) (call $log (i32.const 1) (i32.const 0) (i32.const 5)) (call $exit)))
            """,
            options => options with { Parent = unsampled });

        Assert.Empty(guest.Spans);
        Assert.Equal(1, guest.Summary.FoldedCalls);
        Assert.Equal("hello", Assert.Single(guest.Logs).FormattedMessage);
        Assert.Equal(1, guest.Summary.Logs);
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void TheOldNamesWorkAndAreWarnedOfOnceAModule()
    {
        using var guest = new ObservedGuest().Run("""
            (module
              (import "dylibso_observe" "span_enter" (func $enter (param i64 i32)))
              (import "dylibso_observe" "span_exit" (func $exit))
              (import "dylibso_observe" "span_tags" (func $tags (param i64 i32)))
              (import "dylibso_observe" "log" (func $log (param i32 i64 i32)))
              (import "dylibso_observe" "instrument_enter" (func $fenter (param i32)))
              (import "dylibso_observe" "instrument_exit" (func $fexit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "old,name:v")
              (func (export "run")
                (call $fenter (i32.const 9))
                (call $enter (i64.const 0) (i32.const 3)) (call $tags (i64.const 4) (i32.const 6))
                (call $log (i32.const 4) (i64.const 0) (i32.const 3))
                (call $log (i32.const 4) (i64.const -1) (i32.const 3))
                (call $exit) (call $fexit (i32.const 9))))
            """);

        Assert.Equal("func[9]\n  old\n", guest.Tree());
        Assert.Equal("v", guest.Span("old").GetTagItem("name"));
        Assert.Equal(1, guest.Summary.Malformed);
        Assert.Equal(2, guest.Logs.Count);
        Assert.Contains("imports the Observe API as dylibso_observe", guest.Logs[0].FormattedMessage, StringComparison.Ordinal);
    }

    private static string Repeat(int count, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, format, i);
        }

        return text.ToString();
    }
}
