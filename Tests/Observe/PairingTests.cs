using System.Diagnostics;

namespace WasmAspire.Tests.Observe;

/// <summary>Automatic frames and manual spans of one guest, and how they pair.</summary>
public sealed class PairingTests
{
    private const string Imports = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $span-exit))
        (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
        (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "manual")
        (data (i32.const 16) "tag")
        (data (i32.const 32) "second")
        (func $open (call $span-enter (i32.const 0) (i32.const 6)) (call $tags (i32.const 16) (i32.const 3)))
        """;

    [Fact]
    public void AHelperThatOpensASpanMayBeInstrumentedItself()
    {
        // begin (func[40]) opens the span, end (func[41]) closes it: both are automatic frames that are gone by then.
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $enter (i32.const 40)) (call $open) (call $exit (i32.const 40))
              (call $enter (i32.const 11)) (call $tags (i32.const 16) (i32.const 3)) (call $exit (i32.const 11))
              (call $enter (i32.const 41)) (call $span-exit) (call $exit (i32.const 41))
            (call $exit (i32.const 10))
            """);

        // The span was re-hung from begin on its caller, what came next is below it, and end was re-hung when it closed.
        Assert.Equal("func[10]\n  manual\n", guest.Tree());
        Assert.Equal(1L, guest.Span("manual").GetTagItem("wasm.folded.calls"));
        Assert.Equal(2L, guest.Span("func[10]").GetTagItem("wasm.folded.calls"));
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void ASpanWhoseParentIsMadeAlreadyKeepsIt()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $enter (i32.const 40)) (call $open) (call $log (i32.const 3) (i32.const 0) (i32.const 6)) (call $exit (i32.const 40))
              (call $span-exit)
            (call $exit (i32.const 10))
            """);

        Assert.Equal("func[10]\n  func[40]\n    manual\n", guest.Tree());
        Assert.True(EndOf(guest.Span("manual")) >= EndOf(guest.Span("func[40]")));
    }

    [Fact]
    public void AnAutomaticExitLeavesManualSpansOpen()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $enter (i32.const 11))
                (call $open)
                (call $enter (i32.const 12))
              (call $exit (i32.const 11))
              (call $tags (i32.const 32) (i32.const 6))
              (call $span-exit)
            (call $exit (i32.const 10))
            """);

        Assert.Equal("func[10]\n  manual\n", guest.Tree());
        Assert.Equal(true, guest.Span("manual").GetTagItem("second"));
        Assert.Null(guest.Span("manual").GetTagItem("wasm.span.unbalanced"));
        Assert.Equal(4, guest.Summary.Spans + guest.Summary.FoldedCalls);
    }

    [Fact]
    public void ASpanExitClosesTheInnermostManualSpanWhereverItLies()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $open)
                (call $enter (i32.const 11))
                  (call $enter (i32.const 12))
                    (call $span-exit)
                    (call $tags (i32.const 32) (i32.const 6))
                  (call $exit (i32.const 12))
                (call $exit (i32.const 11))
            (call $exit (i32.const 10))
            """);

        // With no manual span left, tags go to the innermost call.
        Assert.Equal("func[10]\n  manual\n  func[11]\n    func[12]\n", guest.Tree());
        Assert.Equal(true, guest.Span("func[12]").GetTagItem("second"));
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void OnlyTheEndOfTheRunMarksASpanAsUnbalanced()
    {
        using var guest = Run("""
            (call $enter (i32.const 10)) (call $open) (call $exit (i32.const 10))
            (call $open)
            """);

        Assert.Equal(["manual", "manual"], guest.Spans.Where(span => true.Equals(span.GetTagItem("wasm.span.unbalanced"))).Select(span => span.DisplayName));
    }

    [Fact]
    public void ATrapDoesNotMarkSpansAsUnbalanced()
    {
        using var guest = Run("(call $open) unreachable");

        Assert.Null(guest.Span("manual").GetTagItem("wasm.span.unbalanced"));
        Assert.Equal(ActivityStatusCode.Error, guest.Span("manual").Status);
    }

    [Fact]
    public void ExitsWithoutAnEnterAreCountedAndCloseNothing()
    {
        using var guest = Run("""
            (call $exit (i32.const 10))
            (call $span-exit)
            (call $tags (i32.const 16) (i32.const 3))
            (call $enter (i32.const 10)) (call $exit (i32.const 11)) (call $tags (i32.const 16) (i32.const 3)) (call $exit (i32.const 10))
            """);

        Assert.Equal("func[10]\n", guest.Tree());
        Assert.Equal(4, guest.Summary.Malformed);
    }

    [Fact]
    public void RecursionPairsEachExitWithItsOwnEnter()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func $down (param $n i32)
                (call $enter (i32.const 10))
                (if (local.get $n) (then (call $down (i32.sub (local.get $n) (i32.const 1)))))
                (call $exit (i32.const 10)))
              (func (export "run") (call $down (i32.const 5))))
            """,
            options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal("func[10]\n  func[10]\n    func[10]\n      func[10]\n        func[10]\n          func[10]\n", guest.Tree());
    }

    private static ObservedGuest Run(string body) => new ObservedGuest().Run(
        $"""(module {Imports} (func (export "run") {body}))""",
        options => options with { MinimumDuration = TimeSpan.FromHours(1) });

    private static DateTime EndOf(Activity span) => span.StartTimeUtc + span.Duration;
}
