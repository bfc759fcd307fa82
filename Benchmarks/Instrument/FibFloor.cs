using System.Diagnostics;
using System.Globalization;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>
/// What no host can pass, where it shows most: fib with two calls in each, as no compiler leaves it, its gate set by hand
/// before the run, and with callbacks that do nothing.
/// </summary>
internal sealed class FibFloor : IDisposable
{
    private const int Rounds = 30;
    private const int Number = 30;

    private const string Text = """
        (module
          (func $fib (export "fib") (param $n i32) (result i32)
            (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
              (then (local.get $n))
              (else (i32.add
                (call $fib (i32.sub (local.get $n) (i32.const 1)))
                (call $fib (i32.sub (local.get $n) (i32.const 2))))))))
        """;

    private readonly Engine engine;
    private readonly Linker linker;
    private readonly Module plain;
    private readonly Module instrumented;
    private readonly string gate;

    /// <param name="engine">The node's engine.</param>
    public FibFloor(WasmEngine engine)
    {
        this.engine = engine.Engine;
        linker = new Linker(this.engine);
        linker.DefineFunction(ObserveAbi.Instrument, "enter", (int _) => { });
        linker.DefineFunction(ObserveAbi.Instrument, "exit", (int _) => { });
        var wasm = Module.ConvertText(Text);
        var result = Instrumenter.Instrument(wasm);
        plain = Module.FromBytes(this.engine, "plain", wasm);
        instrumented = Module.FromBytes(this.engine, "instrumented", result.Wasm.Span);
        gate = ObserveAbi.GateName(result.Report.Functions[0].Index);
    }

    /// <summary>The best times of a run, in milliseconds.</summary>
    public (double Plain, double GateSet, double EmptyCallbacks) Milliseconds { get; private set; } = (double.MaxValue, double.MaxValue, double.MaxValue);

    /// <summary>Measures; the three take turns.</summary>
    public void Measure()
    {
        for (var round = 0; round < Rounds; round++)
        {
            Milliseconds = (
                Math.Min(Milliseconds.Plain, Run(plain, gateSet: false)),
                Math.Min(Milliseconds.GateSet, Run(instrumented, gateSet: true)),
                Math.Min(Milliseconds.EmptyCallbacks, Run(instrumented, gateSet: false)));
        }
    }

    public void Dispose()
    {
        instrumented.Dispose();
        plain.Dispose();
        linker.Dispose();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        | fib({Number}), two calls in each | ms | times plain |
        |---|---|---|
        | plain | {Milliseconds.Plain:F2} | 1 |
        | instrumented, the gate set | {Milliseconds.GateSet:F2} | {Milliseconds.GateSet / Milliseconds.Plain:F2} |
        | instrumented, empty callbacks | {Milliseconds.EmptyCallbacks:F1} | {Milliseconds.EmptyCallbacks / Milliseconds.Plain:F0} |
        """);

    private double Run(Module module, bool gateSet)
    {
        using var store = new Store(engine);
        store.SetEpochDeadline(1_000_000);
        var instance = linker.Instantiate(store, module);
        if (gateSet)
        {
            instance.GetGlobal(gate)!.SetValue(int.MaxValue);
        }

        var fib = instance.GetFunction<int, int>("fib")!;
        var start = Stopwatch.GetTimestamp();
        var result = fib(Number);
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return result == 832_040 ? milliseconds : throw new InvalidOperationException($"fib({Number}) is {result}");
    }
}
