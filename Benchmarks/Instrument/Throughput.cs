using System.Diagnostics;
using WasmAspire.Instrument;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>How fast modules are instrumented: all of <see cref="GuestModules.Whole"/>, one after another, the best round.</summary>
internal static class Throughput
{
    private const int Rounds = 30;

    /// <returns>Megabytes a second, by the size before.</returns>
    public static double Measure()
    {
        var modules = GuestModules.Whole.Select(File.ReadAllBytes).ToList();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            modules.ForEach(wasm => Instrumenter.Instrument(wasm));
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        return modules.Sum(wasm => (double)wasm.Length) / best.TotalSeconds / 1e6;
    }
}
