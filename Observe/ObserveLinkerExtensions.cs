using System.Runtime.CompilerServices;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Observe;

/// <summary>Gives guests the Observe API.</summary>
public static class ObserveLinkerExtensions
{
    private const int MaxTagBytes = 4096;

    /// <summary>
    /// Defines all functions of the Observe API, under their new and old names. They report to the session that the
    /// store's data lead to (<see cref="IObserveSessionSource"/>), and do nothing where there is none. None of them ever
    /// traps the guest.
    /// </summary>
    /// <param name="linker">Where to define them.</param>
    /// <param name="module">
    /// The number in <see cref="ObserveOptions.Modules"/> of the module that is instantiated with them: a call does not say
    /// which it comes from. A linker for several modules allows shadowing and defines them anew before each.
    /// </param>
    public static void DefineObserve(this Linker linker, int module = 0)
    {
        ArgumentNullException.ThrowIfNull(linker);
        ArgumentOutOfRangeException.ThrowIfNegative(module);
        DefineApi(linker, module);
        DefineInstrument(linker, module);
        DefineOldNames(linker, module);
    }

    private static void DefineApi(Linker linker, int module)
    {
        const string Api = ObserveAbi.Api;
        linker.DefineFunction(Api, "span-enter", (Caller caller, int pointer, int length) => Session(caller)?.EnterSpan(caller, module, (uint)pointer, length));
        linker.DefineFunction(Api, "span-exit", (Caller caller) => Session(caller)?.ExitSpan(caller));
        linker.DefineFunction(Api, "span-tags", (Caller caller, int pointer, int length) => SpanTags(caller, (uint)pointer, length));
        linker.DefineFunction(Api, "metric", (Caller caller, int format, int pointer, int length) => Metric(caller, format, (uint)pointer, length));
        linker.DefineFunction(Api, "log", (Caller caller, int level, int pointer, int length) => Log(caller, module, level, (uint)pointer, length));
    }

    private static void DefineInstrument(Linker linker, int module)
    {
        const string Instrument = ObserveAbi.Instrument;
        linker.DefineFunction(Instrument, "enter", (Caller caller, int function) => Session(caller)?.EnterFunction(caller, module, function));
        linker.DefineFunction(Instrument, "exit", (Caller caller, int function) => Session(caller)?.ExitFunction(caller, module, function));
        linker.DefineFunction(Instrument, "memory-grow", (Caller caller, int pages) => Session(caller)?.GrowMemory(caller, module, pages));
    }

    private static void DefineOldNames(Linker linker, int module)
    {
        const string Old = ObserveAbi.OldModule;
        linker.DefineFunction(Old, "span_enter", (Caller caller, long pointer, int length) => Session(caller)?.EnterSpan(caller, module, pointer, length));
        linker.DefineFunction(Old, "span_exit", (Caller caller) => Session(caller)?.ExitSpan(caller));
        linker.DefineFunction<long, int>(Old, "span_tags", SpanTags);
        linker.DefineFunction<int, long, int>(Old, "metric", Metric);
        linker.DefineFunction(Old, "log", (Caller caller, int level, long pointer, int length) => Log(caller, module, level, pointer, length));
        linker.DefineFunction(Old, "instrument_enter", (Caller caller, int function) => Session(caller)?.EnterFunction(caller, module, function));
        linker.DefineFunction(Old, "instrument_exit", (Caller caller, int function) => Session(caller)?.ExitFunction(caller, module, function));
        linker.DefineFunction(Old, "instrument_memory_grow", (Caller caller, int pages) => Session(caller)?.GrowMemory(caller, module, pages));
    }

    // Below a guest that has used up its thread's stack there is no telemetry: to trap it is for its engine.
    private static ObserveSession? Session(Caller caller) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? (caller.GetData() as IObserveSessionSource)?.ObserveSession : null;

    private static void SpanTags(Caller caller, long pointer, int length) =>
        Session(caller)?.TagSpan(GuestText.Read(caller, pointer, length, MaxTagBytes));

    private static void Metric(Caller caller, int format, long pointer, int length) =>
        Session(caller)?.Measure(caller, format, pointer, length);

    private static void Log(Caller caller, int module, int level, long pointer, int length) =>
        Session(caller)?.LogLine(caller, module, level, pointer, length);
}
