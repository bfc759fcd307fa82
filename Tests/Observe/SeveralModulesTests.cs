using Wasmtime;

namespace WasmAspire.Tests.Observe;

/// <summary>Runs of more than one module: a call does not say which it comes from, its import does.</summary>
public sealed class SeveralModulesTests
{
    private const string Library = """
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
          (import "dylibso:observe/api" "span-exit" (func $span-exit))
          (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "library's")
          (func $twice (export "twice") (param i32) (result i32)
            (call $enter (i32.const 5))
            (call $span-enter (i32.const 0) (i32.const 9)) (call $log (i32.const 3) (i32.const 0) (i32.const 9)) (call $span-exit)
            (i32.mul (local.get 0) (i32.const 2))
            (call $exit (i32.const 5))))
        """;

    private const string Main = """
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "module0" "twice" (func $imported (param i32) (result i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (func $other) (func $another)
          (func $main (export "run")
            (call $enter (i32.const 5))
            (drop (call $imported (i32.const 21)))
            (call $exit (i32.const 5))))
        """;

    [Fact]
    public void NamesAreThoseOfTheModuleThatCalls()
    {
        using var guest = new ObservedGuest().Run(
            [Module.ConvertText(Library), Module.ConvertText(Main)],
            options => options with { MinimumDuration = TimeSpan.Zero });

        // Both functions have the index 5.
        Assert.Equal("main\n  twice\n    library's\n", guest.Tree());
        Assert.Equal(["module0", "module0", "module1"], guest.Spans.Select(span => span.GetTagItem("wasm.module")));
        Assert.Equal("module0", guest.Logs.Single().Attributes!.Single(pair => pair.Key == "wasm.module").Value);
    }

    [Fact]
    public void AnExitOfTheSameIndexInAnotherModuleClosesNothing()
    {
        const string Wrong = """
            (module
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (func (export "twice") (param i32) (result i32) (call $exit (i32.const 5)) (local.get 0)))
            """;
        using var guest = new ObservedGuest().Run([Module.ConvertText(Wrong), Module.ConvertText(Main)]);

        Assert.Equal("main\n", guest.Tree());
        Assert.Equal(1, guest.Summary.Malformed);
    }

    [Fact]
    public void FoldedFunctionsOfTwoModulesAreToldApart()
    {
        using var guest = new ObservedGuest().Run(
            [Module.ConvertText(Library.Replace("(call $log (i32.const 3) (i32.const 0) (i32.const 9))", "", StringComparison.Ordinal)), Module.ConvertText(Main)],
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        var folded = guest.Span("main").Events.Select(one => one.Tags.First(tag => tag.Key == "code.function.name").Value);
        Assert.Equal(["library's", "twice"], folded.Order());
    }

    [Fact]
    public void ImportsOfAModuleThatTheSessionDoesNotHaveAreTheHostsError()
    {
        using var guest = new ObservedGuest { Attaches = false };

        var error = Assert.ThrowsAny<Exception>(() => guest.Run(
            [Module.ConvertText(Library), Module.ConvertText(Main)],
            options => options with { Modules = [options.Modules[0]] }));

        Assert.Contains("Imports were defined for module 1, and the session has 1", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FuelIsToldWhereItIsMeasured()
    {
        byte[][] modules = [Module.ConvertText(Library), Module.ConvertText(Main)];
        using var measured = new ObservedGuest().Run(modules, options => options with { MeasureFuel = true, MinimumDuration = TimeSpan.Zero });
        using var unmeasured = new ObservedGuest().Run(modules, options => options with { MinimumDuration = TimeSpan.Zero });

        var fuel = measured.Spans.ToDictionary(span => span.DisplayName, span => Assert.IsType<long>(span.GetTagItem("wasm.fuel")));
        Assert.True(fuel["main"] > fuel["twice"] && fuel["twice"] > fuel["library's"] && fuel["library's"] > 0);
        Assert.All(unmeasured.Spans, span => Assert.Null(span.GetTagItem("wasm.fuel")));
    }
}
