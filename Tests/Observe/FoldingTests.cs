using System.Diagnostics;

namespace WasmAspire.Tests.Observe;

/// <summary>Calls that are no spans: counted once each, by function.</summary>
public sealed class FoldingTests
{
    private const string Imports = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $span-exit))
        (memory (export "memory") 1)
        (data (i32.const 0) "manual")
        (func $call (param $f i32) (call $enter (local.get $f)) (call $exit (local.get $f)))
        """;

    [Fact]
    public void AFoldedSubtreeIsCountedByFunctionOnTheSpanAboveIt()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $enter (i32.const 11)) (call $call (i32.const 12)) (call $call (i32.const 12)) (call $exit (i32.const 11))
              (call $span-enter (i32.const 0) (i32.const 6)) (call $call (i32.const 12)) (call $span-exit)
            (call $exit (i32.const 10))
            """);

        var span = guest.Span("func[10]");
        Assert.Equal(5L, span.GetTagItem("wasm.folded.calls"));
        Assert.Equal([("func[11]", 1L), ("func[12]", 3L), ("manual", 1L)], Folded(span).OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Name, one.Calls)));
        Assert.Equal(5, guest.Summary.FoldedCalls);
    }

    [Fact]
    public void SelfTimesAddUpToNoMoreThanTheSpan()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
              (call $enter (i32.const 11)) (call $enter (i32.const 12)) (call $enter (i32.const 13)) (call $spin)
              (call $exit (i32.const 13)) (call $exit (i32.const 12)) (call $exit (i32.const 11))
            (call $exit (i32.const 10))
            """);

        var span = guest.Span("func[10]");
        var folded = Folded(span);
        var total = Assert.IsType<double>(span.GetTagItem("wasm.folded.duration_us"));
        Assert.Equal("func[13]", folded[0].Name);
        Assert.Equal(total, folded.Sum(one => one.Microseconds), precision: 3);
        // The span's own times are whole ticks of 0.1 µs.
        Assert.InRange(total, 0, span.Duration.TotalMicroseconds + 0.1);
        Assert.True(folded[0].Microseconds > folded.Skip(1).Sum(one => one.Microseconds));
    }

    [Fact]
    public void SixteenFunctionsAreToldApartAndTenOfThemTold()
    {
        using var guest = Run("""
            (call $enter (i32.const 10))
            (local.set $i (i32.const 100))
            (loop $again
              (call $call (local.get $i))
              (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3100))))
            (call $exit (i32.const 10))
            """);

        var folded = Folded(guest.Span("func[10]"));
        Assert.Equal(3000L, guest.Span("func[10]").GetTagItem("wasm.folded.calls"));
        Assert.Equal(10, folded.Count);
        // The other 2,984 together took longer than all but few of the sixteen.
        Assert.Contains(folded, one => (one.Name, one.Calls) == ("other", 2984L));
        Assert.Equal(folded.OrderByDescending(one => one.Microseconds), folded);
    }

    [Fact]
    public void CallsBelowTheDeepestSpanAreCountedByFunctionToo()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Imports}
              (func $down (param $n i32)
                (call $enter (local.get $n))
                (if (i32.lt_u (local.get $n) (i32.const 99)) (then (call $down (i32.add (local.get $n) (i32.const 1)))))
                (call $exit (local.get $n)))
              (func (export "run") (call $down (i32.const 0))))
            """,
            options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal(64, guest.Spans.Count);
        Assert.Equal(36L, guest.Span("func[63]").GetTagItem("wasm.folded.calls"));
        Assert.Equal(100, guest.Summary.Spans + guest.Summary.FoldedCalls);
    }

    [Fact]
    public void WhatIsFoldedOutsideOfAllSpansIsToldOnTheHostsSpan()
    {
        using var guest = new ObservedGuest().Run(
            $"""(module {Imports} (func (export "run") (call $call (i32.const 10)) (call $call (i32.const 11))))""",
            options => options with { MaxSpans = 0 });

        Assert.Empty(guest.Spans);
        Assert.Equal(2L, guest.Execute!.GetTagItem("wasm.folded.calls"));
        Assert.Equal([("func[10]", 1L), ("func[11]", 1L)], Folded(guest.Execute).OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Name, one.Calls)));
    }

    private static ObservedGuest Run(string body) => new ObservedGuest().Run(
        $$"""
        (module {{Imports}}
          (func $spin (local $i i32)
            (loop $again (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50000000)))))
          (func (export "run") (local $i i32) {{body}}))
        """,
        options => options with { MinimumDuration = TimeSpan.FromHours(1) });

    private static List<Fold> Folded(Activity span) =>
    [
        .. span.Events.Where(one => one.Name == "folded").Select(one => one.Tags.ToDictionary(tag => tag.Key, tag => tag.Value)).Select(tags => new Fold(
            (string)tags["code.function.name"]!,
            (long)tags["wasm.folded.calls"]!,
            (double)tags["wasm.folded.duration_us"]!)),
    ];

    private sealed record Fold(string Name, long Calls, double Microseconds);
}
