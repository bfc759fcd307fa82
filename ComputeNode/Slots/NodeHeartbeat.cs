using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>Tells the queue every 5 s that the node lives and what memory it has for jobs.</summary>
internal sealed class NodeHeartbeat(JobQueue queue, NodeName node, JobMemory memory) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(queue.LeaveAsync(node.Value));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                await TryAsync(queue.AnnounceAsync(node.Value, memory.Bytes));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // The slots log that Redis is away; the next sign of life comes by itself.
    private static async Task TryAsync(Task announcement)
    {
        try
        {
            await announcement;
        }
        catch (Exception e) when (RedisOutage.Causes(e))
        {
        }
    }
}
