using System.Diagnostics;
using WasmAspire.Observe;
using Wasmtime;
using static WasmAspire.Tests.Observe.GatedText;

namespace WasmAspire.Tests.Observe;

/// <summary>Whose gates a session writes, when, and what it trusts.</summary>
public sealed class GateSessionTests
{
    // Reads its own gate, which an instrumented guest cannot, and traps if anything was written.
    private const string TrapIfSet = $"(if (global.get $gate10) (then unreachable))";

    [Fact]
    public void NoGateIsWrittenWhereTheSessionHasThemOff() => AssertUntouched(new ObservedGuest(), Calls(TrapIfSet), options => options with { Gates = false });

    [Fact]
    public void NoGateIsWrittenOfAnInstanceThatIsNotAttached() => AssertUntouched(new ObservedGuest { Attaches = false }, Calls(TrapIfSet));

    [Fact]
    public void NoGateIsWrittenOfAModuleThatAnotherInstrumenterMade() =>
        AssertUntouched(new ObservedGuest(), Calls(TrapIfSet).Replace("wasmaspire-instrument", "wasmaspire-instrumenT", StringComparison.Ordinal));

    [Fact]
    public void NoGateIsWrittenWhereEveryCallIsASpan()
    {
        using var guest = new ObservedGuest().Run(Calls(TrapIfSet), options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal((1001, 0), (guest.Summary.Spans, guest.Summary.GatedCalls));
        Assert.Empty(guest.Logs);
    }

    [Theory]
    [InlineData("""(global $gate10 (mut i32) (i32.const 0)) (global (export "wasmaspire:gate/10") (mut i64) (i64.const 0))""")]
    [InlineData("""(global $gate10 (mut i32) (i32.const 0)) (global (export "wasmaspire:gate/10") i32 (i32.const 0))""")]
    [InlineData("""(global $gate10 (export "wasmaspire:gate/010") (mut i32) (i32.const 0))""")]
    [InlineData("""(global $gate10 (export "wasmaspire:gate/10 ") (mut i32) (i32.const 0))""")]
    [InlineData("""(global $gate10 (export "wasmaspire:gate/-1") (mut i32) (i32.const 0))""")]
    [InlineData("""(global $gate10 (export "wasmaspire:gate/99") (mut i32) (i32.const 0))""")]
    [InlineData("""(global $gate10 (mut i32) (i32.const 0)) (func (export "wasmaspire:gate/10"))""")]
    public void WhatIsNoMutableNumberOfOneOfItsFunctionsIsNoGate(string gate) =>
        AssertUntouched(new ObservedGuest(), $"(module {Head} {gate} {Function(First, "$f", TrapIfSet)} {Run(Repeat(1000, "(call $f)"))})");

    [Theory]
    [InlineData("i32.const -1")]
    [InlineData("i32.const 0x7fffffff")]
    [InlineData("i32.const 0x80000000")]
    [InlineData("i32.const 1")]
    [InlineData("i32.const 0")]
    public void AGuestThatWritesItsGateHarmsItsOwnCountAlone(string value)
    {
        // It writes after each call, and begins and ends calls whatever the gate says.
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Head} {Gate(First)} (func $f)
              {Run(Repeat(2000, $"(call $enter (i32.const {First})) (call $exit (i32.const {First})) (global.set $gate10 ({value}))"))})
            """,
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal(2001, guest.Summary.Spans + guest.Summary.FoldedCalls);
        // No window is of more than 10,000,000 calls.
        Assert.InRange(guest.Summary.GatedCalls, 0, 2000 * 10_000_000L);
        Assert.Empty(guest.Logs);
    }

    [Fact]
    public void WhereNothingIsSampledOneCallOfAFunctionIsSeenAndAllAreCounted()
    {
        using var unsampled = new Activity("unsampled") { IsAllDataRequested = false };
        using var guest = new ObservedGuest().Run(Calls(""), options => options with { Parent = unsampled });

        // The call around all has no gate.
        Assert.Equal((0, 2, 999), (guest.Summary.Spans, guest.Summary.FoldedCalls, guest.Summary.GatedCalls));
        Assert.Empty(unsampled.TagObjects);
    }

    [Fact]
    public void ModulesAreToldApartByTheirNumbers()
    {
        var library = $"""(module {Head} {GatedFunction(First, "$library", "")} (export "f" (func $library)))""";
        var main = $"""
            (module
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (import "module0" "f" (func $imported))
              (func) (func) (func) (func) (func) (func) (func)
              {GatedFunction(First, "$main", "")}
              {Run(Repeat(3000, "(call $main) (call $imported)") + Repeat(2000, "(call $imported)").Replace("$again", "$more", StringComparison.Ordinal))}
              {Producer})
            """;
        using var guest = new ObservedGuest().Run(
            [Module.ConvertText(library), Module.ConvertText(main)],
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        var calls = guest.Execute!.Events.Concat(guest.Span("func[99]").Events)
            .Select(one => one.Tags.ToDictionary(tag => tag.Key, tag => tag.Value))
            .GroupBy(tags => (string)tags["code.function.name"]!, tags => (long)(tags.GetValueOrDefault("wasm.gated.calls") ?? tags["wasm.folded.calls"])!)
            .Select(function => (function.Key, function.Sum()));
        Assert.Equal([("library", 5000L), ("main", 3000L)], calls.Order());
        Assert.Equal(2L, guest.Execute.GetTagItem("wasm.gated.functions"));
    }

    [Fact]
    public void AFunctionWithoutAGateIsAlwaysSeen()
    {
        var text = Calls("").Replace("(func (export \"run\")", "(func $other (call $enter (i32.const 11)) (call $exit (i32.const 11))) (func (export \"run\")", StringComparison.Ordinal)
            .Replace("(call $f)", "(call $f) (call $other)", StringComparison.Ordinal);
        using var guest = new ObservedGuest().Run(text, options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.InRange(guest.Summary.GatedCalls, 1, 1000);
        Assert.Equal(1000, guest.Span("func[99]").Events.Select(one => one.Tags.ToDictionary(tag => tag.Key, tag => tag.Value))
            .Where(tags => "other".Equals(tags["code.function.name"])).Sum(tags => (long)tags["wasm.folded.calls"]!));
    }

    private static string Calls(string body) => $"(module {Head} {GatedFunction(First, "$f", body)} {Run(Repeat(1000, "(call $f)"))})";

    private static void AssertUntouched(ObservedGuest guest, string text, Func<ObserveOptions, ObserveOptions>? configure = null)
    {
        using (guest)
        {
            guest.Run(text, options => (configure?.Invoke(options) ?? options) with { MinimumDuration = TimeSpan.FromHours(1) });

            Assert.Equal((1001, 0), (guest.Summary.Spans + guest.Summary.FoldedCalls, guest.Summary.GatedCalls));
            Assert.Null(guest.Execute!.GetTagItem("wasm.gated.calls"));
            Assert.Empty(guest.Logs);
        }
    }
}
