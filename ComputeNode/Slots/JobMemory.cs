using Microsoft.Extensions.Options;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>The memory that a node has for jobs. Each running one holds what it may take at most, so that together they never take more than there is.</summary>
internal sealed class JobMemory(IOptions<NodeOptions> options)
{
    private readonly Lock gate = new();
    private long used;

    /// <summary>All of it.</summary>
    public long Bytes => options.Value.JobMemoryBytes;

    /// <summary>Claims a job that there is memory for; <see cref="Free"/> gives it back.</summary>
    public ClaimedJob? Claim(JobQueue queue, string node)
    {
        // One claim at a time: two would both see the same memory free.
        lock (gate)
        {
            var job = queue.Claim(node, Bytes - used, Bytes);
            used += job?.Spec.ReservedBytes ?? 0;
            return job;
        }
    }

    /// <summary>The job has ended.</summary>
    public void Free(ClaimedJob job)
    {
        lock (gate)
        {
            used -= job.Spec.ReservedBytes;
        }
    }
}
