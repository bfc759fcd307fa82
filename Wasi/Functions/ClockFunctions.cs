
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

    public static void Define(FunctionTable table)
    {
        table.Define("clock_res_get", (Guest guest, int clock, int resolution) =>
            Read(guest, clock, out _) is not Errno.Success and var error ? error : guest.Write(resolution, Resolution));
        table.Define("clock_time_get", (Guest guest, int clock, long _, int time) =>
            Read(guest, clock, out var now) is not Errno.Success and var error ? error : guest.Write(time, now));
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
