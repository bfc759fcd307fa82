using System.Diagnostics;
using System.Globalization;
using WasmAspire.Instrument;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>What the instrumenter makes of a module that is not run.</summary>
/// <param name="Name">Its path, below the guests if it is there.</param>
/// <param name="Report">What was done.</param>
/// <param name="MegabytesPerSecond">How fast, by the size before; the best round.</param>
internal sealed record ModuleResult(string Name, InstrumentReport Report, double MegabytesPerSecond)
{
    private const int Rounds = 10;

    public static ModuleResult Measure(string file)
    {
        var wasm = File.ReadAllBytes(file);
        var best = TimeSpan.MaxValue;
        InstrumentReport? report = null;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            report = Instrumenter.Instrument(wasm).Report;
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        var below = Path.GetRelativePath(GuestModules.Folder, file);
        return new ModuleResult(below.StartsWith("..", StringComparison.Ordinal) ? file : below, report!, wasm.Length / best.TotalSeconds / 1e6);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Report.BytesBefore:N0} | {Report.Functions.Count} | {Report.Instrumented} | {Report.Covered()} of {Report.Coverable()} | {Report.Size():F2} | {MegabytesPerSecond:F0} |");
}
