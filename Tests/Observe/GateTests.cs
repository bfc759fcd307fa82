using System.Diagnostics;
using static WasmAspire.Tests.Observe.GatedText;

namespace WasmAspire.Tests.Observe;

/// <summary>Hot functions: most of their calls pass a gate in the guest, and all are counted.</summary>
public sealed class GateTests
{
    // A tenth of it is 6 minutes: whatever the machine does, a call is fast.
    private static readonly TimeSpan EverythingIsFast = TimeSpan.FromHours(1);

    private const string Fib = """
        (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
          (then (local.get $n))
          (else (i32.add
            (call $fib (i32.sub (local.get $n) (i32.const 1)))
            (call $fib (i32.sub (local.get $n) (i32.const 2))))))
        """;

    private static readonly string FibModule =
        $"(module {Head} {GatedFunction(First, "$fib (param $n i32) (result i32)", Fib)} {Run("(drop (call $fib (i32.const 20)))")})";

    // fib(n) takes 2·fib(n + 1) − 1 calls, and the call around all is one.
    private const long FibCalls = (2 * 10_946) - 1 + 1;

    [Fact]
    public void ARecursiveFunctionIsGatedAndItsCallsAreCounted()
    {
        using var guest = new ObservedGuest().Run(FibModule, options => options with { MinimumDuration = EverythingIsFast });

        Assert.InRange(guest.Summary.GatedCalls, 1, FibCalls);
        Assert.Equal(FibCalls, All(guest));
        Assert.Equal("func[99]\n", guest.Tree());
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void GatedCallsAreToldOnTheHostsSpan()
    {
        using var guest = new ObservedGuest().Run(FibModule, options => options with { MinimumDuration = EverythingIsFast });

        Assert.Equal(guest.Summary.GatedCalls, guest.Execute!.GetTagItem("wasm.gated.calls"));
        Assert.Equal(1L, guest.Execute.GetTagItem("wasm.gated.functions"));
        var told = Assert.Single(Gated(guest.Execute));
        Assert.Equal(("fib", guest.Summary.GatedCalls), (told.Name, told.Calls));
        // What windows hid is no longer than they lasted.
        var microseconds = Assert.IsType<double>(guest.Execute.GetTagItem("wasm.gated.duration_us"));
        Assert.Equal(told.Microseconds, microseconds);
        Assert.InRange(microseconds, 0, guest.Execute.Duration.TotalMicroseconds);
    }

    [Fact]
    public void TenFunctionsAreToldThoseWithMostCallsFirst()
    {
        var indexes = Enumerable.Range(First, 12).ToList();
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Head}
              {string.Concat(indexes.Select(index => GatedFunction(index, $"$f{index}", "")))}
              {Run(string.Concat(indexes.Select(index => Repeat(index * 1000, $"(call $f{index})").Replace("$again", $"$again{index}", StringComparison.Ordinal))))})
            """,
            options => options with { MinimumDuration = EverythingIsFast });

        var told = Gated(guest.Execute!);
        Assert.Equal(12L, guest.Execute!.GetTagItem("wasm.gated.functions"));
        Assert.Equal(10, told.Count);
        Assert.Equal(told.OrderByDescending(one => one.Calls), told);
        Assert.Equal(indexes.Sum(index => index * 1000) + 1, All(guest));
    }

    [Fact]
    public void CallsTooDeepForASpanAreJudgedToo()
    {
        // Of 64 levels alone, two descents would not make the 256 calls that a judgement takes.
        var down = GatedFunction(First, "$down (param $n i32)", "(if (local.get $n) (then (call $down (i32.sub (local.get $n) (i32.const 1)))))");
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {down} {Run(Repeat(2, "(call $down (i32.const 999))"))})",
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.InRange(guest.Summary.GatedCalls, 1, 1000);
        Assert.Equal(2001, All(guest));
    }

    [Fact]
    public void CallsTooDeepToBeTimedAreSeenAndCounted()
    {
        // It opens calls that it never closes, until the stack of timed ones is full.
        using var guest = new ObservedGuest().Run(
            $"""(module {Head} {Gate(First)} (func $f) (func (export "run") (local $i i32) {Repeat(20_000, $"(call $enter (i32.const {First}))")} {Repeat(20_000, $"(call $exit (i32.const {First}))").Replace("$again", "$back", StringComparison.Ordinal)}))""",
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.Equal((0, 20_000), (guest.Summary.GatedCalls, All(guest)));
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void FunctionsThatCallEachOtherAreGatedBoth()
    {
        const string Body = "(if (local.get $n) (then (call $NEXT (i32.sub (local.get $n) (i32.const 1)))))";
        var even = GatedFunction(First, "$even (param $n i32)", Body.Replace("$NEXT", "$odd", StringComparison.Ordinal));
        var odd = GatedFunction(First + 1, "$odd (param $n i32)", Body.Replace("$NEXT", "$even", StringComparison.Ordinal));
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {even} {odd} {Run(Repeat(1200, "(call $even (local.get $i))"))})",
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.Equal(["even", "odd"], Gated(guest.Execute!).Select(one => one.Name).Order());
        Assert.Equal((1200 * 1201 / 2) + 1200 + 1, All(guest));
    }

    [Fact]
    public void AFunctionThatBecomesSlowIsSeenAgain()
    {
        // Fast until it is gated and the window is used up: then the first slow call is seen, and the next.
        var work = GatedFunction(First, "$work (param $milliseconds i32)", "(call $spin (local.get $milliseconds))");
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Head} {work} {Run("""
                (loop $until (call $work (i32.const 0)) (br_if $until (i32.eqz (global.get $gate10))))
                (loop $up (call $work (i32.const 0)) (br_if $up (global.get $gate10)))
                (call $work (i32.const 60)) (call $work (i32.const 60)) (call $work (i32.const 60))
                """)})
            """,
            options => options with { MinimumDuration = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(3, guest.Spans.Count(span => span.DisplayName == "work" && span.Duration.TotalMilliseconds >= 60));
        Assert.InRange(guest.Summary.GatedCalls, 1, long.MaxValue);
    }

    [Fact]
    public void AFunctionWhoseCallsAreSlowIsNeverGated()
    {
        var work = GatedFunction(First, "$work", "(call $spin (i32.const 1))");
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {work} {Run(Repeat(600, "(call $work)"))})",
            options => options with { MinimumDuration = TimeSpan.FromMilliseconds(5) });

        Assert.Equal((0, 601), (guest.Summary.GatedCalls, All(guest)));
        Assert.Null(guest.Execute!.GetTagItem("wasm.gated.calls"));
        Assert.DoesNotContain(guest.Execute.Events, one => one.Name == "gated");
    }

    [Theory]
    [InlineData("(call $tags (i32.const 0) (i32.const 4))")]
    [InlineData("(call $log (i32.const 3) (i32.const 0) (i32.const 4))")]
    [InlineData("(call $metric (i32.const 1) (i32.const 0) (i32.const 4))")]
    [InlineData("(call $announce (i32.const 1)) (drop (memory.grow (i32.const 1)))")]
    [InlineData("(call $host-call (i32.const 0))")]
    [InlineData("(call $span-enter (i32.const 0) (i32.const 4)) (call $tags (i32.const 0) (i32.const 4)) (call $span-exit)")]
    public void AFunctionThatTellsSomethingIsNeverGatedButItsCallerMayBe(string tell)
    {
        var teller = GatedFunction(First, "$teller", tell);
        var caller = GatedFunction(First + 1, "$caller", "(call $teller)");
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {teller} {caller} {Run(Repeat(600, "(call $caller)"))})",
            options => options with { MinimumDuration = EverythingIsFast, MaxLogs = 10 });

        Assert.Equal(["caller"], Gated(guest.Execute!).Select(one => one.Name));
    }

    [Fact]
    public void AFunctionTooDeepForASpanThatTellsSomethingIsNotGated()
    {
        var down = GatedFunction(First, "$down (param $n i32)", """
            (if (local.get $n)
              (then (call $down (i32.sub (local.get $n) (i32.const 1))))
              (else (call $host-call (i32.const 0))))
            """);
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {down} {Run(Repeat(20, "(call $down (i32.const 99))"))})",
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.Equal(0, guest.Summary.GatedCalls);
    }

    [Theory]
    [InlineData("(call $span-enter (i32.const 0) (i32.const 4)) (call $span-exit)")]
    [InlineData("(call $announce (i32.const 65536)) (drop (memory.grow (i32.const 65536)))")]
    public void ManualSpansAndGrowthThatFailsAreNoReasonToSeeAFunction(string body)
    {
        using var guest = new ObservedGuest().Run(
            $"(module {Head} {GatedFunction(First, "$f", body)} {Run(Repeat(1000, "(call $f)"))})",
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.InRange(guest.Summary.GatedCalls, 1, 1000);
    }

    [Fact]
    public void CallsAreCountedUpToATrap()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Head}
              {GatedFunction(First, "$f (param $n i32)", "(if (i32.eq (local.get $n) (i32.const 7)) (then unreachable))")}
              {Run(Repeat(5000, "(call $f (local.get $i))"))})
            """,
            options => options with { MinimumDuration = EverythingIsFast });

        Assert.InRange(guest.Summary.GatedCalls, 1, 5000);
        Assert.Equal(5000 - 7 + 1 + 1, All(guest));
        Assert.Equal(guest.Summary.GatedCalls, guest.Execute!.GetTagItem("wasm.gated.calls"));
    }

    private static long All(ObservedGuest guest) => guest.Summary.Spans + guest.Summary.FoldedCalls + guest.Summary.GatedCalls;

    private static List<(string Name, long Calls, double Microseconds)> Gated(Activity span) =>
    [
        .. span.Events.Where(one => one.Name == "gated").Select(one => one.Tags.ToDictionary(tag => tag.Key, tag => tag.Value)).Select(tags => (
            (string)tags["code.function.name"]!,
            (long)tags["wasm.gated.calls"]!,
            (double)tags["wasm.gated.duration_us"]!)),
    ];
}
