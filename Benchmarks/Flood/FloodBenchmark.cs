using System.Diagnostics;
using System.Globalization;
using WasmAspire.Benchmarks.WholeSystem;
using WasmAspire.Jobs;

namespace WasmAspire.Benchmarks.Flood;

/// <summary>
/// A guest floods its node with telemetry for a minute, whose receiver does not answer, while the node's other slot runs
/// no-op jobs. Memory must stay flat, and the other slot must not notice.
/// </summary>
internal static class FloodBenchmark
{
    private const int Seconds = 60;
    private const int JobsBefore = 2000;

    public static async Task RunAsync()
    {
        // The discard port: nobody answers, and what is to be exported piles up wherever it can.
        const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
        const string Discard = "http://127.0.0.1:9";
        using var local = await LocalNode.StartRedisAsync();
        using var node = await local.StartNodeAsync(new("Node:Slots", "2"), new(Endpoint, Discard));
        using var jobs = new JobSequence(local.Redis);
        await jobs.RunAsync(NoOpModule.Bytes, JobsBefore);
        var before = await jobs.RunAsync(NoOpModule.Bytes, JobsBefore);

        var started = Stopwatch.StartNew();
        var flood = await jobs.SubmitAsync(FloodModule.Bytes, new JobLimits { TimeoutSeconds = Seconds });
        var during = new List<double>();
        var memory = new List<(double Seconds, long Bytes)>();
        while (started.Elapsed.TotalSeconds < Seconds - 1)
        {
            during.AddRange(await jobs.RunAsync(NoOpModule.Bytes, 100));
            memory.Add((started.Elapsed.TotalSeconds, Environment.WorkingSet));
        }

        var ended = await jobs.EndAsync(flood);
        await node.StopAsync();
        Print(before, during, memory, ended);
    }

    private static void Print(List<double> before, List<double> during, List<(double Seconds, long Bytes)> memory, JobRecord flood)
    {
        var told = flood.Result!.Telemetry;
        var (early, late) = (Megabytes(memory.First(one => one.Seconds >= Seconds / 4).Bytes), Megabytes(memory[^1].Bytes));
        FormattableString[] lines =
        [
            $"| what | figure |",
            $"|---|---|",
            $"| the flood: spans | {told.Spans} |",
            $"| the flood: calls folded | {told.FoldedCalls} |",
            $"| the flood: log records | {told.Logs} |",
            $"| the flood: measurements | {told.Metrics} |",
            $"| the node's working set after {Seconds / 4} s | {early:F0} MB |",
            $"| the node's working set after {Seconds} s | {late:F0} MB |",
            $"| a no-op job of the other slot, median, before | {Median(before):F2} ms |",
            $"| a no-op job of the other slot, median, during | {Median(during):F2} ms |",
            $"flood: ended by {flood.Result.Reason}; {told.Spans} spans, {told.FoldedCalls} folded calls, {told.Logs} logs; working set {early:F0} MB after {Seconds / 4} s, {late:F0} MB after {Seconds} s; the other slot's no-op job {Median(before):F2} ms before, {Median(during):F2} ms during",
        ];
        foreach (var line in lines)
        {
            Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static double Megabytes(long bytes) => bytes / 1e6;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
