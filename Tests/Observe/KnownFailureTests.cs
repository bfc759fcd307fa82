using System.Diagnostics;

namespace WasmAspire.Tests.Observe;

/// <summary>Where the existing Observe SDKs fail their users (facts of their sources), and this one does not; the rest of them stands in the other tests.</summary>
public sealed class KnownFailureTests
{
    private const string Imports = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $span-exit))
        (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
        (import "host" "exported" (func $exported (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "span")
        """;

    [Fact]
    public void ASpanIsExportedWhenItEndsAndNotWithTheRun()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
            (call $span-enter (i32.const 0) (i32.const 4)) (call $tags (i32.const 0) (i32.const 4)) (call $span-exit)
            (if (i32.ne (call $exported) (i32.const 1)) (then unreachable))
            (call $exit (i32.const 10))
            (if (i32.ne (call $exported) (i32.const 2)) (then unreachable))
            """);

        Assert.Equal("func[10]\n  span\n", guest.Tree());
        Assert.Empty(guest.Logs);
    }

    [Fact]
    public void ARunAfterATrapBeginsAnew()
    {
        using var guest = Run("(call $enter (i32.const 10)) (call $enter (i32.const 11)) unreachable");
        Assert.Equal("func[10]\n  func[11]\n", guest.Tree());

        guest.Run($"""(module {Imports} (func (export "run") (call $enter (i32.const 12)) (call $exit (i32.const 12))))""");

        Assert.Equal("func[12]\n", guest.Tree());
        Assert.Equal(ActivityStatusCode.Unset, guest.Span("func[12]").Status);
    }

    [Fact]
    public void NoOutermostSpanIsDropped()
    {
        using var guest = Run("""
            (loop $again
              (call $enter (local.get $i)) (call $exit (local.get $i))
              (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
            """);

        Assert.Equal(1000, guest.Spans.Count);
        Assert.All(guest.Spans, span => Assert.Equal(guest.Execute!.SpanId, span.ParentSpanId));
    }

    [Fact]
    public void FramesNestedAHundredThousandDeepArePairedAndCounted()
    {
        using var guest = Run("""
            (loop $again
              (call $enter (local.get $i))
              (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
            (loop $again
              (call $exit (local.tee $i (i32.sub (local.get $i) (i32.const 1))))
              (br_if $again (local.get $i)))
            (call $enter (i32.const 0)) (call $exit (i32.const 0))
            """);

        Assert.Equal("enter\nenter\n", guest.Tree());
        Assert.Equal(100_001, guest.Summary.Spans + guest.Summary.FoldedCalls);
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void AMillionCallsAreEachCountedOnce()
    {
        // A million empty pairs: whatever the clock says of some, each is counted once.
        using var guest = new ObservedGuest().Run($"""
            (module {Imports}
              (func (export "run") (local $i i32)
                (call $enter (i32.const 10))
                (loop $again
                  (call $enter (i32.const 11)) (call $exit (i32.const 11))
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000))))
                (call $exit (i32.const 10))))
            """);

        Assert.Equal(1_000_001, guest.Summary.Spans + guest.Summary.FoldedCalls);
        Assert.Equal(guest.Summary.Spans, guest.Spans.Count);
    }

    private static ObservedGuest Run(string body) => new ObservedGuest().Run(
        $"""(module {Imports} (func (export "run") (local $i i32) {body}))""",
        options => options with { MinimumDuration = TimeSpan.FromHours(1) });
}
