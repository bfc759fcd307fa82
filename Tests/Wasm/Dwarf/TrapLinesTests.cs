using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;
using Wasmtime;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>Traps on the real Wasmtime: the address of each frame, the trap's and each caller's, is on the line it came from.</summary>
public sealed class TrapLinesTests
{
    [Theory]
    [InlineData("unreachable", "reach_unreachable", "__builtin_trap();")]
    [InlineData("divide", "divide_by_zero", "sink = 100 / divisor;")]
    [InlineData("oob", "read_out_of_bounds", "sink = *(volatile int *)address;")]
    [InlineData("indirect", "call_with_wrong_signature", "sink = (int)function(1.0);")]
    public void EachFrameHasItsLine(string trap, string function, string text)
    {
        Assert.Equal(
            [
                (function, TrapGuest.Source, TrapGuest.LineOf(text)),
                ("inner", TrapGuest.Source, TrapGuest.LineOf("trap->run();")),
                ("outer", TrapGuest.Source, TrapGuest.LineOf("    inner(trap);")),
                ("main", TrapGuest.Source, TrapGuest.LineOf("outer(&traps[i]);")),
            ],
            Frames(trap).TakeWhile(frame => !frame.Function.StartsWith('_')).Select(frame => frame with { Function = frame.Function.Replace("__main_argc_argv", "main", StringComparison.Ordinal) }));
    }

    [Fact]
    public void EveryCallerOfAnOverflownStackHasItsLine()
    {
        var frames = Frames("stack").Where(frame => frame.Function == "recurse").ToList();

        Assert.True(frames.Count > 1, $"{frames.Count} frames");
        var line = TrapGuest.LineOf("recurse(depth + 1);");

        // Of the innermost frame, which met the end of the stack before its first instruction, Wasmtime knows no address (all ones).
        Assert.Equal(0, frames[0].Line);
        Assert.All(frames.Skip(1), frame => Assert.Equal((TrapGuest.Source, line), (frame.File, frame.Line)));
    }

    private static List<(string Function, string File, int Line)> Frames(string argument)
    {
        var bytes = File.ReadAllBytes(TrapGuest.ModulePath);
        var read = WasmModule.Read(bytes);
        var lines = SourceLines.Read(read, bytes);
        using var engine = new Engine();
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        linker.DefineWasi();
        store.SetWasiConfiguration(new WasiConfiguration().WithArgs("trap", argument));
        using var module = Module.FromBytes(engine, "trap", bytes);
        linker.DefineUnknownImportsAsDefaultValues(store, module);
        var start = linker.Instantiate(store, module).GetAction("_start")!;

        return [.. Assert.Throws<TrapException>(start).Frames!.Select(frame =>
        {
            lines.TryFind((long)frame.ModuleOffset - read.Code.Start, out var line);
            return (frame.FunctionName ?? "?", line.File, line.Line);
        })];
    }
}
