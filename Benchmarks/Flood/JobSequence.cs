using StackExchange.Redis;
using WasmAspire.Jobs;

namespace WasmAspire.Benchmarks.Flood;

/// <summary>Jobs one after another, each when the one before has ended.</summary>
internal sealed class JobSequence : IDisposable
{
    private readonly JobQueue queue;
    private readonly JobStore store;
    private readonly BlobStore blobs;
    private readonly SemaphoreSlim changed = new(0);

    public JobSequence(IConnectionMultiplexer redis)
    {
        (queue, store, blobs) = (new JobQueue(redis), new JobStore(redis), new BlobStore(redis));
        store.OnChanged((_, _) => changed.Release());
    }

    public void Dispose() => changed.Dispose();

    /// <summary>Submits a job.</summary>
    public async Task<string> SubmitAsync(byte[] module, JobLimits limits)
    {
        var spec = new JobSpec { Module = await blobs.PutAsync(module), Limits = limits };
        return (await queue.SubmitAsync(JobQueue.NewId(), spec, [], null, null)).Id;
    }

    /// <summary>Waits for a job's end.</summary>
    public async Task<JobRecord> EndAsync(string id)
    {
        while (true)
        {
            if (await store.GetAsync(id) is { IsFinal: true } job)
            {
                return job;
            }

            // A message may get lost; the state alone counts.
            await changed.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Runs so many jobs; how long the node took for each, in milliseconds.</summary>
    public async Task<List<double>> RunAsync(byte[] module, int count)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var job = await EndAsync(await SubmitAsync(module, new JobLimits()));
            times.Add((job.FinishedAt!.Value - job.StartedAt!.Value).TotalMilliseconds);
        }

        return times;
    }
}
