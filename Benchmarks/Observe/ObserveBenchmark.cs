using System.Globalization;

namespace WasmAspire.Benchmarks.Observe;

/// <summary>
/// What a guest's calls of the Observe API cost, beside the floor that no host can pass: the same calls bound to empty
/// callbacks on the same engine. Rounds of all cases take turns in one process; the best round of each counts.
/// </summary>
internal static class ObserveBenchmark
{
    private const int Rounds = 40;

    public static void Run()
    {
        using var floor = new GuestLoop(GuestCase.EmptyCallbacks);
        using var filtered = new GuestLoop(GuestCase.Filtered);
        using var off = new GuestLoop(GuestCase.TracingOff);
        using var kept = new GuestLoop(GuestCase.Kept);
        using var log = new GuestLoop(GuestCase.Log);
        var clock = new ClockReads();
        for (var round = 0; round < Rounds; round++)
        {
            floor.Measure(200_000);
            filtered.Measure(200_000);
            off.Measure(200_000);
            clock.Measure(200_000);
            kept.Measure(20_000);
            log.Measure(20_000);
            floor.MeasureFib();
            filtered.MeasureFib();
        }

        Print($"| what | ns | bytes |");
        Print($"|---|---|---|");
        Row("two host calls: enter and exit bound to empty callbacks", floor.Nanoseconds, floor.Bytes);
        Row("two clock reads", clock.Nanoseconds, 0);
        Row("enter and exit of a call that is filtered", filtered.Nanoseconds, filtered.Bytes);
        Row("enter and exit, tracing off", off.Nanoseconds, off.Bytes);
        Row("enter and exit of a call that is kept: a span with 3 attributes", kept.Nanoseconds, kept.Bytes);
        Row("a log line of 32 characters", log.Nanoseconds, log.Bytes);
        Print($"");
        Print($"| fib(27), a call for each frame | ms | times plain |");
        Print($"|---|---|---|");
        var plain = Math.Min(floor.Fib.Plain, filtered.Fib.Plain);
        Print($"| plain | {plain:F2} | 1 |");
        Print($"| instrumented, empty callbacks | {floor.Fib.Instrumented:F1} | {floor.Fib.Instrumented / plain:F0} |");
        Print($"| instrumented, observed and filtered | {filtered.Fib.Instrumented:F1} | {filtered.Fib.Instrumented / plain:F0} |");
        Print($"observe: filtered call {filtered.Nanoseconds:F1} ns (two host calls {floor.Nanoseconds:F1} ns, two clock reads {clock.Nanoseconds:F1} ns), {filtered.Bytes:F0} B; kept span {kept.Nanoseconds / 1000:F2} us, {kept.Bytes:F0} B");
    }

    private static void Row(string what, double nanoseconds, double bytes) => Print($"| {what} | {nanoseconds:F1} | {bytes:F0} |");

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
