using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Trace;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Observe;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>
/// What instrumenting costs: size, time to compile and time to run, of each program beside itself as it was. Runs of all
/// forms take turns in one process, their checksums must agree, and the best of each counts.
/// </summary>
internal static class InstrumentBenchmark
{
    private const int Rounds = 15;

    public static void Run(IReadOnlyList<string> files)
    {
        // Sampled and not exported: each span is made if it is to be.
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(ObserveSession.SourceName, "benchmark").Build();
        using var source = new ActivitySource("benchmark");
        using var engine = new WasmEngine(countsFuel: false);
        Print($"| program | functions | instrumented | covered | size | compile | run, ms | run with gates | run without | gated calls |");
        Print($"|---|---|---|---|---|---|---|---|---|---|");
        var results = BenchmarkProgram.All.Select(program => ProgramResult.Measure(program, engine, source, Rounds)).ToList();
        results.ForEach(result => Print($"{result}"));
        var (size, compile, run, ungated) = (Mean(results, result => result.Report.Size()), Mean(results, result => result.Compile), Mean(results, result => result.Gated), Mean(results, result => result.Ungated));
        Print($"| geometric mean | | | | {size:F2} | {compile:F2} | | {run:F2} | {ungated:F2} | |");
        Print($"");
        PrintFloor(engine);
        var modules = PrintModules(files);
        var covered = 100.0 * modules.Sum(module => module.Report.Covered()) / modules.Sum(module => module.Report.Coverable());
        Print($"instrument: covered {Math.Floor(covered):F0}%, size {size:F2}x, run {run:F2}x, {Throughput.Measure():F1} MB/s");
    }

    private static void PrintFloor(WasmEngine engine)
    {
        using var fib = new FibFloor(engine);
        fib.Measure();
        Print($"{fib}");
        Print($"");
    }

    /// <returns>The guests' results, which are printed with those of the files.</returns>
    private static List<ModuleResult> PrintModules(IReadOnlyList<string> files)
    {
        Print($"| module | bytes | functions | instrumented | covered | size | MB/s |");
        Print($"|---|---|---|---|---|---|---|");
        var guests = GuestModules.Whole.Select(ModuleResult.Measure).ToList();
        guests.ForEach(guest => Print($"{guest}"));
        var (before, after) = (guests.Sum(guest => guest.Report.BytesBefore), guests.Sum(guest => guest.Report.BytesAfter));
        Print($"| all guests | {before:N0} | {guests.Sum(guest => guest.Report.Functions.Count)} | {guests.Sum(guest => guest.Report.Instrumented)} | {guests.Sum(guest => guest.Report.Covered())} of {guests.Sum(guest => guest.Report.Coverable())} | {(double)after / before:F2} | |");
        foreach (var file in files)
        {
            Print($"{ModuleResult.Measure(file)}");
        }

        Print($"");
        return guests;
    }

    private static double Mean(List<ProgramResult> results, Func<ProgramResult, double> figure) =>
        Math.Exp(results.Average(result => Math.Log(figure(result))));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
