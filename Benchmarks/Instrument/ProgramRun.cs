using System.Diagnostics;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>A program in one of its forms, compiled, and the best of its times.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly WasmEngine engine;
    private readonly Linker linker;
    private readonly Module module;
    private readonly ObservedModule observed;
    private readonly ReadOnlyMemory<byte> wasm;

    /// <param name="engine">The node's engine.</param>
    /// <param name="wasm">The module.</param>
    public ProgramRun(WasmEngine engine, ReadOnlyMemory<byte> wasm)
    {
        this.engine = engine;
        this.wasm = wasm;
        linker = new Linker(engine.Engine);
        linker.DefineWasi();
        linker.DefineObserve();
        module = Module.FromBytes(engine.Engine, "program", wasm.Span);
        observed = ObservedModule.Read(wasm);
    }

    /// <summary>The best time of a run, in milliseconds.</summary>
    public double Milliseconds { get; private set; } = double.MaxValue;

    /// <summary>The best time of a compilation, in milliseconds.</summary>
    public double CompileMilliseconds { get; private set; } = double.MaxValue;

    /// <summary>Calls of the last run that passed a gate unseen.</summary>
    public long GatedCalls { get; private set; }

    /// <summary>Compiles the module once more.</summary>
    public void Compile()
    {
        var start = Stopwatch.GetTimestamp();
        using (Module.FromBytes(engine.Engine, "program", wasm.Span))
        {
            CompileMilliseconds = Math.Min(CompileMilliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>Runs the program in a store and a session of its own.</summary>
    /// <returns>Its checksum.</returns>
    public long Run(int size, Activity parent)
    {
        using var session = ObserveSession.Start(new ObserveOptions { Modules = [new SessionModule(observed, "program")], Parent = parent });
        using var store = new Store(engine.Engine, session);
        store.SetWasiConfiguration(new WasiConfiguration());
        store.SetEpochDeadline(1_000_000);
        var instance = linker.Instantiate(store, module);
        session.Attach(instance);
        instance.GetAction("_initialize")?.Invoke();
        var run = instance.GetFunction<int, long>("run")!;
        var start = Stopwatch.GetTimestamp();
        var result = run(size);
        Milliseconds = Math.Min(Milliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        session.Complete(GuestOutcome.Success);
        GatedCalls = session.Summary.GatedCalls;
        return result;
    }

    public void Dispose()
    {
        module.Dispose();
        linker.Dispose();
    }
}
