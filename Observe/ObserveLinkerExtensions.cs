using Wasmtime;

namespace WasmAspire.Observe;

/// <summary>Gives guests the Observe API.</summary>
public static class ObserveLinkerExtensions
{
    private const int MaxNameBytes = 256;
    private const int MaxTagBytes = 4096;
    private const int MaxLogBytes = 16384;
    private const int MaxMetricBytes = 8192;

    /// <summary>
    /// Defines all functions of the Observe API, under their new and old names. They report to the session that the
    /// store's data lead to (<see cref="IObserveSessionSource"/>), and do nothing where there is none. None of them ever
    /// traps the guest.
    /// </summary>
    public static void DefineObserve(this Linker linker)
    {
        ArgumentNullException.ThrowIfNull(linker);

        const string Api = ObserveImports.Api;
        linker.DefineFunction(Api, "span-enter", (Caller caller, int pointer, int length) => SpanEnter(caller, (uint)pointer, length));
        linker.DefineFunction(Api, "span-exit", SpanExit);
        linker.DefineFunction(Api, "span-tags", (Caller caller, int pointer, int length) => SpanTags(caller, (uint)pointer, length));
        linker.DefineFunction(Api, "metric", (Caller caller, int format, int pointer, int length) => Metric(caller, format, (uint)pointer, length));
        linker.DefineFunction(Api, "log", (Caller caller, int level, int pointer, int length) => Log(caller, level, (uint)pointer, length));

        const string Instrument = ObserveImports.Instrument;
        linker.DefineFunction<int>(Instrument, "enter", Enter);
        linker.DefineFunction<int>(Instrument, "exit", Exit);
        linker.DefineFunction<int>(Instrument, "memory-grow", MemoryGrow);

        const string Old = ObserveImports.OldModule;
        linker.DefineFunction<long, int>(Old, "span_enter", SpanEnter);
        linker.DefineFunction(Old, "span_exit", SpanExit);
        linker.DefineFunction<long, int>(Old, "span_tags", SpanTags);
        linker.DefineFunction<int, long, int>(Old, "metric", Metric);
        linker.DefineFunction<int, long, int>(Old, "log", Log);
        linker.DefineFunction<int>(Old, "instrument_enter", Enter);
        linker.DefineFunction<int>(Old, "instrument_exit", Exit);
        linker.DefineFunction<int>(Old, "instrument_memory_grow", MemoryGrow);
    }

    private static ObserveSession? Session(Caller caller) => (caller.GetData() as IObserveSessionSource)?.ObserveSession;

    private static void Enter(Caller caller, int function) => Session(caller)?.EnterFunction(function);

    private static void Exit(Caller caller, int function) => Session(caller)?.ExitFunction(function);

    private static void MemoryGrow(Caller caller, int pages) => Session(caller)?.GrowMemory(pages);

    private static void SpanEnter(Caller caller, long pointer, int length) =>
        Session(caller)?.EnterSpan(GuestText.Read(caller, pointer, length, MaxNameBytes));

    private static void SpanExit(Caller caller) => Session(caller)?.ExitSpan();

    private static void SpanTags(Caller caller, long pointer, int length) =>
        Session(caller)?.TagSpan(GuestText.Read(caller, pointer, length, MaxTagBytes));

    private static void Metric(Caller caller, int format, long pointer, int length) =>
        Session(caller)?.Measure(format, GuestText.Read(caller, pointer, length, MaxMetricBytes));

    private static void Log(Caller caller, int level, long pointer, int length) =>
        Session(caller)?.LogLine(level, GuestText.Read(caller, pointer, length, MaxLogBytes));
}
