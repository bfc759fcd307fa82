using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

/// <summary>Which job a node gets for the memory that it has.</summary>
public sealed class NodeMemoryTests(RedisServer redis) : IClassFixture<RedisServer>
{
    // Of its own: the others' jobs and nodes are not to be seen.
    private readonly JobQueue queue = new(redis.Connection, Guid.NewGuid().ToString("n"));

    [Fact]
    public void AJobReservesAllThatItMayTake()
    {
        var spec = new JobSpec
        {
            Module = new BlobReference("m", 1 << 30),
            Stdin = new BlobReference("s", 1),
            Inputs = [new JobInput("/a", new BlobReference("a", 10)), new JobInput("/b", new BlobReference("b", 100))],
            Limits = new JobLimits { MemoryBytes = 1000, OutputBytes = 10_000, StdoutBytes = 100_000, StderrBytes = 1_000_000 },
        };

        Assert.Equal(1_111_111, spec.ReservedBytes);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatFitsIsTaken()
    {
        var id = await SubmitAsync(100);

        Assert.Equal(id, queue.Claim("node", freeBytes: 100, memoryBytes: 100)!.Id);
    }

    [RequiresToolFact("redis-server")]
    public async Task OneThatHasToWaitForMemoryKeepsItsPlace()
    {
        var large = await SubmitAsync(100);
        var small = await SubmitAsync(1);

        Assert.Null(queue.Claim("node", freeBytes: 99, memoryBytes: 100));
        Assert.Equal([large, small], new[] { queue.Claim("node", freeBytes: 100, memoryBytes: 100)!.Id, queue.Claim("node", freeBytes: 99, memoryBytes: 100)!.Id });
    }

    [RequiresToolFact("redis-server")]
    public async Task OneThatIsTooLargeForANodeIsLeftToOthers()
    {
        var large = await SubmitAsync(101);
        var small = await SubmitAsync(1);

        Assert.Equal(small, queue.Claim("node", freeBytes: 100, memoryBytes: 100)!.Id);
        Assert.Null(queue.Claim("node", freeBytes: 100, memoryBytes: 100));
        Assert.Equal(large, queue.Claim("larger", freeBytes: 101, memoryBytes: 101)!.Id);
    }

    [RequiresToolFact("redis-server")]
    public async Task OneThatIsTooLargeForEveryNodeIsRefused()
    {
        await queue.AnnounceAsync("a", 100);
        await queue.AnnounceAsync("b", 200);

        var refused = await Assert.ThrowsAsync<ExcessiveJobException>(() => SubmitAsync(201));

        Assert.Equal((201L, 200L), (refused.ReservedBytes, refused.LargestNodeBytes));
        Assert.Null(queue.Claim("c"));
        await SubmitAsync(200);
    }

    [RequiresToolFact("redis-server")]
    public async Task WhereNoNodeIsKnownEachIsAccepted()
    {
        await SubmitAsync(1L << 50);
        await queue.AnnounceAsync("a", 100);
        await queue.LeaveAsync("a");

        await SubmitAsync(1L << 50);
    }

    [RequiresToolFact("redis-server")]
    public async Task ARefusalLeavesTheIdempotencyKeyFree()
    {
        await queue.AnnounceAsync("a", 100);
        var key = new IdempotencyKey("key", "f");

        await Assert.ThrowsAsync<ExcessiveJobException>(() => SubmitAsync(101, key));
        await queue.AnnounceAsync("a", 101);

        var id = await SubmitAsync(101, key);
        Assert.Equal(id, queue.Claim("a")!.Id);
    }

    private async Task<string> SubmitAsync(long bytes, IdempotencyKey? key = null)
    {
        var spec = new JobSpec { Module = new BlobReference("m", 1), Limits = new JobLimits { MemoryBytes = bytes, OutputBytes = 0, StdoutBytes = 0, StderrBytes = 0 } };
        return (await queue.SubmitAsync(JobQueue.NewId(), spec, [], null, key)).Id;
    }
}
