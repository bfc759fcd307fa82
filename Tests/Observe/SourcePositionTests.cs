using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.Tests.Observe;

/// <summary>Names and lines of real modules, as spans and traps show them.</summary>
public sealed class SourcePositionTests
{
    private static readonly string TrapSource = Path.Combine(RepositoryRoot.Path, "guests", "c", "trap.c");

    [Theory]
    [InlineData("unreachable", "reach_unreachable", "__builtin_trap();")]
    [InlineData("divide", "divide_by_zero", "sink = 100 / divisor;")]
    [InlineData("oob", "read_out_of_bounds", "sink = *(volatile int *)address;")]
    public void ATrapShowsTheLineOfEachFrame(string kind, string function, string statement)
    {
        var log = Assert.Single(RunTrap(kind), one => one.EventId.Name == "GuestTrap");

        var stack = Assert.IsType<string>(log.Attributes!.Single(pair => pair.Key == "exception.stacktrace").Value).Split('\n');
        Assert.Equal($"   at {function} in c/trap.c:line {LineOf(statement)}", stack[0]);
        Assert.Equal($"   at inner in c/trap.c:line {LineOf("trap->run();")}", stack[1]);
        Assert.Equal($"   at outer in c/trap.c:line {LineOf("inner(trap);")}", stack[2]);
        Assert.DoesNotContain(stack, line => line.Contains("Wasmtime", StringComparison.OrdinalIgnoreCase) || line.Contains(".cs", StringComparison.Ordinal));
    }

    [Fact]
    public void AStackOverflowShowsWhatWasmtimeGivesOfIt()
    {
        var log = Assert.Single(RunTrap("stack"), one => one.EventId.Name == "GuestTrap");

        var stack = Assert.IsType<string>(log.Attributes!.Single(pair => pair.Key == "exception.stacktrace").Value).TrimEnd().Split('\n');
        Assert.Equal(20, stack.Length);
        // Of the frame that overflowed, Wasmtime knows no place.
        Assert.Equal("   at recurse", stack[0]);
        Assert.All(stack.Skip(1), line => Assert.StartsWith("   at recurse in c/trap.c:line ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void ASpanTellsWhereItsFunctionStands()
    {
        var module = Read("c/trap");
        var function = IndexOf(module, "divide_by_zero");

        using var guest = Enter(function, module);

        var span = guest.Span("divide_by_zero");
        Assert.Equal("c/trap.c", span.GetTagItem("code.file.path"));
        Assert.Equal((long)LineOf("FRAME void divide_by_zero(void)") + 1, span.GetTagItem("code.line.number"));
        Assert.Null(span.GetTagItem("wasm.function.raw_name"));
    }

    [Fact]
    public void AMangledNameIsShownForPeopleAndKeptBeside()
    {
        var module = Read("rust/panic");
        var function = IndexOf(module, "std::panicking::begin_panic_handler");

        using var guest = Enter(function, module);

        var span = Assert.Single(guest.Spans);
        Assert.StartsWith("std::panicking::begin_panic_handler", span.DisplayName, StringComparison.Ordinal);
        Assert.Equal(span.DisplayName, span.GetTagItem("code.function.name"));
        Assert.StartsWith("_ZN", Assert.IsType<string>(span.GetTagItem("wasm.function.raw_name")), StringComparison.Ordinal);
        Assert.Null(span.GetTagItem("code.file.path"));
    }

    [Fact]
    public void FramesThatTheTextLacksAreCounted()
    {
        using var guest = new ObservedGuest().Run("""
            (module
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (func $down (param $n i32)
                (call $enter (i32.const 1))
                (if (local.get $n) (then (call $down (i32.sub (local.get $n) (i32.const 1)))) (else unreachable)))
              (func (export "run") (call $down (i32.const 299))))
            """);

        var attributes = Assert.Single(guest.Logs).Attributes!.ToDictionary(pair => pair.Key, pair => pair.Value);
        var shown = Assert.IsType<string>(attributes["exception.stacktrace"]).TrimEnd().Split('\n').Length;
        Assert.Equal(300L, shown + Convert.ToInt64(attributes["wasm.elided_frames"], CultureInfo.InvariantCulture));
    }

    private static ObservedGuest Enter(int function, ObservedModule module) => new ObservedGuest().Run(
        $"""
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (func (export "run") (call $enter (i32.const {function})) (call $exit (i32.const {function}))))
        """,
        options => options with { Modules = [new SessionModule(module, "other")] });

    private static ObservedModule Read(string guest) =>
        ObservedModule.Read(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "guests", "wasm", guest + ".wasm")));

    private static int IndexOf(ObservedModule module, string name) =>
        Enumerable.Range(0, 10_000).First(index => module.FunctionName(index).StartsWith(name, StringComparison.Ordinal));

    private static int LineOf(string statement) =>
        Array.FindIndex(File.ReadAllLines(TrapSource), line => line.Trim() == statement) + 1;

    private static List<LogRecord> RunTrap(string kind)
    {
        var logs = new List<LogRecord>();
        using var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options.AddInMemoryExporter(logs)));
        var wasm = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "trap.wasm"));
        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineWasi();
        linker.DefineObserve();
        using var module = Module.FromBytes(engine, "trap", wasm);
        using var session = ObserveSession.Start(new ObserveOptions
        {
            Modules = [new SessionModule(ObservedModule.Read(wasm), "trap")],
            Logger = loggers.CreateLogger(ObserveSession.Category),
        });
        using var store = new Store(engine, session);
        store.SetWasiConfiguration(new WasiConfiguration().WithArgs("trap", kind));
        var trap = Assert.ThrowsAny<WasmtimeException>(() => linker.Instantiate(store, module).GetAction("_start")!());
        session.Complete(GuestOutcome.From(trap));
        return logs;
    }
}
