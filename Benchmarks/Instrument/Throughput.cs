using System.Diagnostics;
using System.Runtime.CompilerServices;
using WasmAspire.Instrument;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>How fast modules are instrumented: all committed guests without DWARF, one after another, the best round.</summary>
internal static class Throughput
{
    private const int Rounds = 30;

    /// <summary>The built guests.</summary>
    public static string Guests { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "guests", "wasm"));

    /// <returns>Megabytes a second, by the size before.</returns>
    public static double Measure()
    {
        var modules = Directory.GetFiles(Guests, "*.wasm", SearchOption.AllDirectories).Select(File.ReadAllBytes).Where(wasm => wasm.AsSpan().IndexOf(".debug_line"u8) < 0).ToList();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            modules.ForEach(wasm => Instrumenter.Instrument(wasm));
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        return modules.Sum(wasm => (double)wasm.Length) / best.TotalSeconds / 1e6;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
