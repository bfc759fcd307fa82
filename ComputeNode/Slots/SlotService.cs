using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>Starts the node's slots with the host and stops them with it: no new job, and running ones go back to the queue.</summary>
internal sealed class SlotService(
    IOptions<NodeOptions> options,
    NodeName node,
    JobQueue queue,
    BlobStore blobs,
    JobMemory memory,
    RunningJobs jobs,
    JobRunner runner,
    EpochTicker ticker,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly WakeSignal wake = new(options.Value.Slots);
    private readonly List<Task> slots = [];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        queue.OnQueued(wake.Wake);
        jobs.Listen();
        for (var i = 0; i < options.Value.Slots; i++)
        {
            var slot = new Slot(i, node.Value, queue, blobs, memory, jobs, runner, wake, loggers.CreateLogger<Slot>());
            var ended = new TaskCompletionSource();
            slots.Add(ended.Task);
            new Thread(
                () =>
                {
                    slot.Work(stopping.Token);
                    ended.SetResult();
                },
                WasmEngine.ThreadStackBytes)
            { IsBackground = true, Name = $"slot {i}" }.Start();
        }

        Log.Started(loggers.CreateLogger<SlotService>(), node.Value, options.Value.Slots);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        ticker.TickNow();
        await Task.WhenAll(slots).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Dispose();
        wake.Dispose();
    }
}
