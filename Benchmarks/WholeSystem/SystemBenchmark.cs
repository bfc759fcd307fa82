using System.Diagnostics;
using System.Globalization;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>The whole system, as a user meets it.</summary>
internal static class SystemBenchmark
{
    private const int Starts = 5;

    public static async Task RunAsync()
    {
        var repository = Repository();
        var clean = await CleanCloneAsync(repository);
        var built = new List<TimeSpan>();
        // The first start builds what is not built yet: it does not count.
        await (await RunScript.StartAsync(repository)).DisposeAsync();
        Latency? latency = null;
        Cancellation? spinning = null;
        Cancellation? sleeping = null;
        var guests = Path.Combine(repository, "guests", "wasm", "c");
        for (var i = 0; i < Starts; i++)
        {
            await using var run = await RunScript.StartAsync(repository);
            built.Add(run.ColdStart);
            latency ??= await Latency.MeasureAsync();
            spinning ??= await Cancellation.MeasureAsync(Path.Combine(guests, "spin.wasm"), "{}");
            sleeping ??= await Cancellation.MeasureAsync(Path.Combine(guests, "sleep.wasm"), """{"args":["1000000"]}""");
        }

        built.Sort();
        var throughput = await Throughput.MeasureAsync();
        Print(clean, built[Starts / 2], latency!, spinning!, sleeping!, throughput);
    }

    private static async Task<TimeSpan> CleanCloneAsync(string repository)
    {
        var folder = Directory.CreateTempSubdirectory("wasmaspire-bench-").FullName;
        try
        {
            using (var git = Process.Start("git", ["clone", "--quiet", repository, folder]))
            {
                await git.WaitForExitAsync();
            }

            await using var run = await RunScript.StartAsync(folder);
            return run.ColdStart;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(TimeSpan clean, TimeSpan built, Latency latency, Cancellation spinning, Cancellation sleeping, Throughput throughput)
    {
        FormattableString[] lines =
        [
            $"| what | figure |",
            $"|---|---|",
            $"| ./run.sh to a healthy requester, clean clone, packages at hand | {clean.TotalSeconds:F1} s |",
            $"| ./run.sh to a healthy requester, built before (median of {Starts}) | {built.TotalSeconds:F1} s |",
            $"| submit to start, idle system, p50 of {latency.Jobs} jobs | {latency.P50:F2} ms |",
            $"| submit to start, idle system, p99 of {latency.Jobs} jobs | {latency.P99:F2} ms |",
            $"| cancel to its answer, a guest that spins, p50 and longest of {spinning.Jobs} | {spinning.P50:F1}, {spinning.Longest:F1} ms |",
            $"| cancel to its answer, a guest that sleeps, p50 and longest of {sleeping.Jobs} | {sleeping.P50:F1}, {sleeping.Longest:F1} ms |",
            $"| no-op jobs on one node with {throughput.Slots} slots, {throughput.Jobs} jobs | {throughput.PerSecond:F0} a second |",
            $"system: cold start {built.TotalSeconds:F1} s (clean clone {clean.TotalSeconds:F1} s), submit to start p50 {latency.P50:F2} ms p99 {latency.P99:F2} ms, {throughput.PerSecond:F0} no-op jobs/s on one node",
        ];
        foreach (var line in lines)
        {
            Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WasmAspire.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds WasmAspire.sln.");
    }
}
