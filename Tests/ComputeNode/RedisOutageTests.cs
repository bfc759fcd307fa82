using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.ComputeNode;

public sealed class RedisOutageTests
{
    [RequiresToolFact("redis-server")]
    public async Task ANodeSurvivesRedisAndGoesOnUnaided()
    {
        using var redis = new RedisServer();
        await redis.InitializeAsync();
        await using var node = await RunningNode.StartAsync(redis);
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);

        redis.Kill();
        await redis.StartAsync();

        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task ANodeMayStartBeforeRedisDoes()
    {
        using var redis = new RedisServer();
        await redis.InitializeAsync();
        redis.Kill();
        await using var node = await RunningNode.StartAsync(redis);

        await redis.StartAsync();

        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task ANodeThatStopsWithoutRedisSaysSoWithoutAnException()
    {
        using var redis = new RedisServer();
        await redis.InitializeAsync();
        redis.Kill();
        await using var node = await RunningNode.StartAsync(redis);
        await node.WaitForLogAsync("RedisLost");

        await node.StopAsync();

        Assert.Contains(node.Logs, line => line.StartsWith("StoppedWithoutRedis", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Logs, line => line.StartsWith("SlotFailed", StringComparison.Ordinal));
    }
}
