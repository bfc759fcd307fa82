using System.Diagnostics;
using Wasmtime;

namespace WasmAspire.Observe.Calibration;

/// <summary>Measures <see cref="HostCallCost"/> on Wasmtime itself: a loop of empty calls that are observed, and the same loop without them.</summary>
internal static class HostCallCalibration
{
    private const int Rounds = 40;
    private const int Pairs = 1_000;

    // Nothing is nested, and nobody knows how large the thread's own stack is.
    private const int StackBytes = 64 * 1024;

    private const string Text = """
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (func (export "open") (call $enter (i32.const 2)))
          (func (export "pairs") (param $n i32)
            (loop $again
              (call $enter (i32.const 3)) (call $exit (i32.const 3))
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
          (func (export "empty") (param $n i32)
            (loop $again
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
        """;

    /// <summary>Measures for some 4 ms, after the guest's compilation. Never throws: what cannot be measured costs nothing.</summary>
    public static HostCallCost Measure()
    {
        try
        {
            return MeasureGuest();
        }
        catch (Exception)
        {
            return HostCallCost.None;
        }
    }

    private static HostCallCost MeasureGuest()
    {
        var wasm = Module.ConvertText(Text);
        using var engine = new Engine(new Config().WithMaximumStackSize(StackBytes));
        using var module = Module.FromBytes(engine, "calibration", wasm);
        using var linker = new Linker(engine);
        linker.DefineObserve();

        // It makes no span: not even the outermost call, for which there is no room.
        var options = new ObserveOptions { Modules = [new SessionModule(ObservedModule.Read(wasm), "calibration")], MaxSpans = 0 };
        using var session = ObserveSession.Start(options, CalibratedCost.None);
        using var store = new Store(engine, session);
        var instance = linker.Instantiate(store, module);
        instance.GetAction("open")!();
        var (pairs, empty) = (instance.GetAction<int>("pairs")!, instance.GetAction<int>("empty")!);
        long all = long.MaxValue, none = long.MaxValue, inside = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = session.TicksBelowInnermost;
            all = Math.Min(all, Time(pairs));
            inside = Math.Min(inside, session.TicksBelowInnermost - before);
            none = Math.Min(none, Time(empty));
        }

        // Where nobody listens (any more), it was no call that is observed.
        return inside > 0 && all > none + inside
            ? new HostCallCost((all - none) / (double)Pairs, inside / (double)Pairs)
            : HostCallCost.None;
    }

    private static long Time(Action<int> loop)
    {
        var start = Stopwatch.GetTimestamp();
        loop(Pairs);
        return Stopwatch.GetTimestamp() - start;
    }
}
