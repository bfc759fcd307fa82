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

    public static void Run()
    {
        // Sampled and not exported: each span is made if it is to be.
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(ObserveSession.SourceName, "benchmark").Build();
        using var source = new ActivitySource("benchmark");
        using var engine = new WasmEngine(countsFuel: false);
        Print($"| program | functions | instrumented | covered | size | compile | run, ms | run with gates | run without | gated calls |");
        Print($"|---|---|---|---|---|---|---|---|---|---|");
        var results = BenchmarkProgram.All.Select(program => ProgramResult.Measure(program, engine, source, Rounds)).ToList();
        results.ForEach(result => Print($"{result}"));
        var (size, compile, run, ungated) = (Mean(results, result => result.Size), Mean(results, result => result.Compile), Mean(results, result => result.Gated), Mean(results, result => result.Ungated));
        Print($"| geometric mean | | | | {size:F2} | {compile:F2} | | {run:F2} | {ungated:F2} | |");
        var speed = Throughput.Measure();
        var covered = 100.0 * results.Sum(result => result.Covered) / results.Sum(result => result.Coverable);
        Print($"instrument: covered {Math.Floor(covered):F0}%, size {size:F2}x, run {run:F2}x, {speed:F1} MB/s");
    }

    private static double Mean(List<ProgramResult> results, Func<ProgramResult, double> figure) =>
        Math.Exp(results.Average(result => Math.Log(figure(result))));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
