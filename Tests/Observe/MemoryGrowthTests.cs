using Wasmtime;

namespace WasmAspire.Tests.Observe;

/// <summary>Growth of memory is announced before it happens: what counts is what happened.</summary>
public sealed class MemoryGrowthTests
{
    private const string Imports = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/instrument" "memory-grow" (func $announce (param i32)))
        (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
        (import "host" "call" (func $call (param i32)))
        """;

    private const string OneMemory = """
        (memory (export "memory") 1 10)
        (func $grow (param $pages i32) (call $announce (local.get $pages)) (drop (memory.grow (local.get $pages))))
        """;

    [Fact]
    public void AGrowthThatFailsIsNoneAndKeepsNoSpan()
    {
        using var guest = Run(OneMemory, """
            (call $enter (i32.const 11)) (call $grow (i32.const 100)) (call $exit (i32.const 11))
            (call $enter (i32.const 12)) (call $grow (i32.const 3)) (call $exit (i32.const 12))
            """);

        Assert.Equal("func[10]\n  func[12]\n", guest.Tree());
        Assert.Equal(3L, guest.Span("func[12]").GetTagItem("wasm.memory.grow"));
        Assert.Null(guest.Span("func[10]").GetTagItem("wasm.memory.grow"));
    }

    [Fact]
    public void AGrowthIsOfTheCallThatAnnouncedItWhateverComesNext()
    {
        using var guest = Run(OneMemory, """
            (call $grow (i32.const 1)) (call $enter (i32.const 11)) (call $exit (i32.const 11))
            (call $enter (i32.const 12)) (call $grow (i32.const 2)) (call $call (i32.const 0)) (call $exit (i32.const 12))
            (call $enter (i32.const 13)) (call $grow (i32.const 1)) (call $log (i32.const 3) (i32.const 0) (i32.const 1)) (call $exit (i32.const 13))
            (call $enter (i32.const 14)) (call $grow (i32.const 1)) unreachable
            """);

        Assert.Equal("func[10]\n  func[12]\n  func[13]\n  func[14]\n", guest.Tree());
        Assert.Equal([1L, 2L, 1L, 1L], guest.Spans.OrderBy(span => span.StartTimeUtc).Select(span => span.GetTagItem("wasm.memory.grow")));
    }

    [Fact]
    public void GrowthOutsideOfAllCallsIsNobodys()
    {
        using var guest = new ObservedGuest().Run(
            $"""(module {Imports} {OneMemory} (func (export "run") (call $grow (i32.const 1)) (call $enter (i32.const 10)) (call $exit (i32.const 10))))""");

        Assert.Null(guest.Span("func[10]").GetTagItem("wasm.memory.grow"));
    }

    [Theory]
    [InlineData("""(memory 1 10)""")]
    [InlineData("""(memory (export "memory") 1 10) (memory 1 10)""")]
    [InlineData("""(memory 1 10) (export "other" (memory 0))""")]
    public void WhereTheMemoryCannotBeSeenWhatWasAnnouncedCounts(string memories)
    {
        using var guest = Run(
            memories,
            "(call $enter (i32.const 11)) (call $announce (i32.const 100)) (drop (memory.grow (i32.const 100))) (call $exit (i32.const 11))");

        Assert.Equal(100L, guest.Span("func[11]").GetTagItem("wasm.memory.grow"));
    }

    [Fact]
    public void TheMemoryIsThatOfTheModuleThatGrows()
    {
        const string Library = $"""(module {Imports} {OneMemory} (export "grow" (func $grow)))""";
        const string Main = """
            (module
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (import "module0" "grow" (func $grow (param i32)))
              (memory (export "memory") 1)
              (func (export "run") (call $enter (i32.const 10)) (call $grow (i32.const 4)) (call $exit (i32.const 10))))
            """;
        using var guest = new ObservedGuest().Run([Module.ConvertText(Library), Module.ConvertText(Main)]);

        Assert.Equal(4L, guest.Span("func[10]").GetTagItem("wasm.memory.grow"));
    }

    private static ObservedGuest Run(string memory, string body) => new ObservedGuest().Run(
        $"""(module {Imports} {memory} (func (export "run") (call $enter (i32.const 10)) {body} (call $exit (i32.const 10))))""",
        options => options with { MinimumDuration = TimeSpan.FromHours(1) });
}
