using StackExchange.Redis;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

public sealed class ClusterTests
{
    [RequiresToolFact("redis-server")]
    public async Task AQueueWorksOnARedisCluster()
    {
        var nodes = Path.Combine(Path.GetTempPath(), $"wasmaspire-test-{Guid.NewGuid():n}.nodes");
        using var redis = new RedisServer();
        try
        {
            await redis.StartAsync("--cluster-enabled", "yes", "--cluster-config-file", nodes);
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
            await TakeAllSlotsAsync(connection.GetServers()[0]);
            var (queue, store, blobs) = (new JobQueue(connection), new JobStore(connection), new BlobStore(connection));

            // A step whose keys lie in two slots is an error here.
            var spec = new JobSpec { Module = await blobs.PutAsync("module"u8.ToArray()) };
            var (id, _) = await queue.SubmitAsync(JobQueue.NewId(), spec, [], null, new IdempotencyKey("k", "f"));
            Assert.True(queue.Release(queue.Claim("n")!));
            Assert.True(queue.Finish(queue.Claim("n")!, new JobResult { State = JobState.Completed }, "out"u8.ToArray(), default));

            Assert.Equal(JobState.Completed, (await store.GetAsync(id))!.State);
            Assert.Equal("module"u8.ToArray(), blobs.Get(spec.Module));
        }
        finally
        {
            redis.Kill();
            File.Delete(nodes);
        }
    }

    private static async Task TakeAllSlotsAsync(IServer server)
    {
        await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!((string)(await server.ExecuteAsync("CLUSTER", "INFO"))!).Contains("cluster_state:ok", StringComparison.Ordinal))
        {
            // A master waits two seconds before it serves, and tells nobody when it does.
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
