using System.Diagnostics;

namespace WasmAspire.Tests.Observe;

public sealed class ManualSpanTests
{
    private const string Trapped = "wasm `unreachable` instruction executed";

    private const string Imports = """
        (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $exit))
        (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
        (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "outer")
        (data (i32.const 16) "inner")
        (data (i32.const 32) "count:3,ratio:0.5,ok:true,url:http://x:80,flag")
        (data (i32.const 96) "hello")
        """;

    [Fact]
    public void SpansNestUnderTheHostsSpanWithRealParents()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5)) (call $tags (i32.const 32) (i32.const 7))
                (call $enter (i32.const 16) (i32.const 5)) (call $tags (i32.const 32) (i32.const 7))
                (call $exit) (call $exit)))
            """);

        Assert.Equal("outer\n  inner\n", guest.Tree());
        Assert.Equal(2, guest.Summary.Spans);
        Assert.True(guest.CurrentWasKept);
        Assert.All(guest.Spans, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }

    [Fact]
    public void ChildrenLieInTheirParentsTime()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5))
                (call $enter (i32.const 16) (i32.const 5)) (call $tags (i32.const 32) (i32.const 7)) (call $exit)
                (call $exit)))
            """);

        var (outer, inner) = (guest.Span("outer"), guest.Span("inner"));
        Assert.True(guest.Execute!.StartTimeUtc <= outer.StartTimeUtc);
        Assert.True(outer.StartTimeUtc <= inner.StartTimeUtc);
        Assert.True(inner.StartTimeUtc + inner.Duration <= outer.StartTimeUtc + outer.Duration);
        Assert.True(outer.StartTimeUtc + outer.Duration <= guest.Execute.StartTimeUtc + guest.Execute.Duration);
    }

    [Fact]
    public void TagsAreTypedAndMayHoldColons()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5)) (call $tags (i32.const 32) (i32.const 46)) (call $exit)))
            """);

        var span = guest.Span("outer");
        Assert.Equal(3L, span.GetTagItem("count"));
        Assert.Equal(0.5, span.GetTagItem("ratio"));
        Assert.Equal(true, span.GetTagItem("ok"));
        Assert.Equal("http://x:80", span.GetTagItem("url"));
        Assert.Equal(true, span.GetTagItem("flag"));
        Assert.Equal("module0", span.GetTagItem("wasm.module"));
    }

    [Fact]
    public void TheLastValueOfAKeyCountsAndTheHostsAttributesWin()
    {
        using var guest = new ObservedGuest().Run("""
            (module
              (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
              (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "count:3,wasm.module:other")
              (data (i32.const 32) "count:4")
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5))
                (call $tags (i32.const 0) (i32.const 25)) (call $tags (i32.const 32) (i32.const 7))))
            """);

        var span = guest.Span("count");
        Assert.Equal(4L, span.GetTagItem("count"));
        Assert.Equal("module0", span.GetTagItem("wasm.module"));
    }

    [Fact]
    public void TagsBeyondTheBudgetOfASpanAreLeftOut()
    {
        // Each has 999 bytes: 3,072 hold three.
        using var guest = new ObservedGuest().Run("""
            (module
              (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
              (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
              (memory (export "memory") 1)
              (func (export "run") (local $i i32)
                (call $enter (i32.const 0) (i32.const 0))
                (memory.fill (i32.const 0) (i32.const 0x78) (i32.const 1000))
                (i32.store8 (i32.const 1) (i32.const 0x3a))
                (loop $again
                  (i32.store8 (i32.const 0) (i32.add (i32.const 0x61) (local.get $i)))
                  (call $tags (i32.const 0) (i32.const 1000))
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))))
            """);

        var span = Assert.Single(guest.Spans);
        Assert.Equal(["a", "b", "c"], span.TagObjects.Where(tag => tag.Value is string { Length: 998 }).Select(tag => tag.Key));
        Assert.Equal(7L, span.GetTagItem("wasm.tags.dropped"));
    }

    [Fact]
    public void AShortSpanWithNothingOnItIsFoldedIntoItsParent()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5))
                (call $enter (i32.const 16) (i32.const 5)) (call $exit)
                (call $enter (i32.const 16) (i32.const 5)) (call $exit)
                (call $exit)))
            """,
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal("outer\n", guest.Tree());
        Assert.Equal(2L, guest.Span("outer").GetTagItem("wasm.folded.calls"));
        Assert.Equal(2, guest.Summary.FoldedCalls);
    }

    [Fact]
    public void ALogHangsOnItsSpanAndKeepsIt()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5))
                (call $enter (i32.const 16) (i32.const 5))
                (call $log (i32.const 2) (i32.const 96) (i32.const 5))
                (call $exit) (call $exit)
                (call $log (i32.const 3) (i32.const 96) (i32.const 5))))
            """,
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal("outer\n  inner\n", guest.Tree());
        Assert.Equal(["hello", "hello"], guest.Logs.Select(log => log.FormattedMessage));
        Assert.Equal([Microsoft.Extensions.Logging.LogLevel.Warning, Microsoft.Extensions.Logging.LogLevel.Information], guest.Logs.Select(log => log.LogLevel));
        Assert.Equal([guest.Span("inner").SpanId, guest.Execute!.SpanId], guest.Logs.Select(log => log.SpanId));
        Assert.All(guest.Logs, log => Assert.Equal(guest.Execute.TraceId, log.TraceId));
    }

    [Fact]
    public void ATrapClosesAllOpenSpansAndIsLoggedOnTheInnermost()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 5)) (call $enter (i32.const 16) (i32.const 5)) unreachable))
            """);

        Assert.Equal("outer\n  inner\n", guest.Tree());
        Assert.All(guest.Spans, span => Assert.Equal((ActivityStatusCode.Error, Trapped), (span.Status, span.StatusDescription)));
        var log = Assert.Single(guest.Logs);
        Assert.Equal(guest.Span("inner").SpanId, log.SpanId);
        var attributes = log.Attributes!.ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal("Unreachable", attributes["exception.type"]);
        Assert.Equal(Trapped, attributes["exception.message"]);
        Assert.Matches(@"^   at run \(0x[0-9a-f]+\)\n$", Assert.IsType<string>(attributes["exception.stacktrace"]));
    }

    [Fact]
    public void SpansLeftOpenAreClosedWithoutAnError()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run") (call $enter (i32.const 0) (i32.const 5)) (call $enter (i32.const 16) (i32.const 5)) (call $tags (i32.const 32) (i32.const 7))))
            """);

        Assert.Equal("outer\n  inner\n", guest.Tree());
        Assert.All(guest.Spans, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }

    [Fact]
    public void WhatMakesNoSenseIsCountedAndNeverTraps()
    {
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run")
                (call $exit)
                (call $enter (i32.const 65530) (i32.const 100))
                (call $tags (i32.const -1) (i32.const 4))
                (call $log (i32.const 3) (i32.const 0) (i32.const -5))
                (call $exit)
                (call $exit)))
            """);

        Assert.Equal("(name outside memory)\n", guest.Tree());
        Assert.Equal(5, guest.Summary.Malformed);
        Assert.Empty(guest.Logs);
    }

    [Fact]
    public void ALongNameAndInvalidUtf8AreCutAndRepaired()
    {
        using var guest = new ObservedGuest().Run("""
            (module
              (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
              (import "dylibso:observe/api" "span-exit" (func $exit))
              (memory (export "memory") 200)
              (data (i32.const 0) "a\ffb")
              (func (export "run")
                (call $enter (i32.const 0) (i32.const 3)) (call $exit)
                (memory.fill (i32.const 0) (i32.const 0x78) (i32.const 10485760))
                (call $enter (i32.const 0) (i32.const 10485760)) (call $exit)))
            """);

        Assert.Equal($"a\uFFFDb\n{new string('x', 256)}…\n", guest.Tree());
    }

    [Fact]
    public void TheBudgetCountsAncestorsAndTheRestIsFolded()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func (export "run") (local $i i32)
                (loop $again
                  (call $enter (i32.const 0) (i32.const 5))
                  (call $enter (i32.const 16) (i32.const 5)) (call $tags (i32.const 32) (i32.const 7)) (call $exit)
                  (call $exit)
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))))
            """,
            options => options with { MaxSpans = 5 });

        Assert.Equal(5, guest.Spans.Count);
        Assert.Equal(20, guest.Summary.Spans + guest.Summary.FoldedCalls);
        Assert.Equal("outer\n  inner\nouter\n  inner\nouter\n", guest.Tree());
    }
}
