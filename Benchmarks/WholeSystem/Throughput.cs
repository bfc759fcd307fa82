using WasmAspire.Jobs;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>No-op jobs that one node takes from a full queue, runs and finishes, with a redis-server of its own on the same machine and no exporter.</summary>
/// <param name="PerSecond">Jobs a second, from the first claim to the last finish by Redis's clock.</param>
/// <param name="Jobs">How many were measured.</param>
/// <param name="Slots">How many the node runs at once.</param>
internal sealed record Throughput(double PerSecond, int Jobs, int Slots)
{
    private const int WarmUp = 2000;
    private const int Measured = 20_000;

    public static async Task<Throughput> MeasureAsync()
    {
        using var local = await LocalNode.StartRedisAsync();
        await RunAsync(local, WarmUp);
        return await RunAsync(local, Measured);
    }

    private static async Task<Throughput> RunAsync(LocalNode local, int count)
    {
        var queue = new JobQueue(local.Redis);
        var spec = new JobSpec { Module = await new BlobStore(local.Redis).PutAsync(NoOpModule.Bytes) };
        var ids = Enumerable.Range(0, count).Select(_ => JobQueue.NewId()).ToArray();
        await Task.WhenAll(ids.Select(id => queue.SubmitAsync(id, spec, [], null, null)));

        using var node = await local.StartNodeAsync();
        var store = new JobStore(local.Redis);
        while (!(await Task.WhenAll(ids[^64..].Select(store.GetAsync))).All(job => job!.IsFinal))
        {
            await Task.Delay(50);
        }

        await node.StopAsync();
        var jobs = await Task.WhenAll(ids.Select(store.GetAsync));
        if (jobs.Any(job => job!.State != JobState.Completed))
        {
            throw new InvalidOperationException("Not all jobs completed.");
        }

        var time = jobs.Max(job => job!.FinishedAt)! - jobs.Min(job => job!.StartedAt);
        return new Throughput(count / time!.Value.TotalSeconds, count, Environment.ProcessorCount);
    }
}
