using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Clocks, in nanoseconds.</summary>
internal static class ClockFunctions
{
    /// <summary>Time since 1970 in UTC.</summary>
    public const int Realtime = 0;

    /// <summary>Time that never goes back.</summary>
    public const int Monotonic = 1;

    // CPU time clocks (2 and 3): Wasmtime's own WASI has none either and answers so.
    private const int ThreadCpuTime = 3;

    // Both clocks count ticks of 100 ns.
    private const ulong Resolution = 100;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int>(module, "clock_res_get", (caller, clock, resolution) =>
            (int)(Read(new Guest(caller), clock, out _) is not Errno.Success and var error ? error : new Guest(caller).Write(resolution, Resolution)));
        linker.DefineFunction<int, long, int, int>(module, "clock_time_get", (caller, clock, _, time) =>
            (int)(Read(new Guest(caller), clock, out var now) is not Errno.Success and var error ? error : new Guest(caller).Write(time, now)));
    }

    /// <summary>The time of a clock.</summary>
    public static Errno Read(Guest guest, int clock, out ulong now)
    {
        now = clock switch
        {
            Realtime => WasiContext.Realtime,
            Monotonic => guest.Wasi.Monotonic,
            _ => 0,
        };
        return clock switch
        {
            Realtime or Monotonic => Errno.Success,
            > Monotonic and <= ThreadCpuTime => Errno.BadDescriptor,
            _ => Errno.Invalid,
        };
    }
}
