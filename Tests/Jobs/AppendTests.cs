using System.Text;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

public sealed class AppendTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    // A queue of its own for each test.
    private readonly string name = Guid.NewGuid().ToString("n");
    private ClaimedJob job = null!;

    private JobQueue Queue => new(redis.Connection, name);

    private JobStore Store => new(redis.Connection, name);

    public async Task InitializeAsync()
    {
        if (InstalledTools.ReasonToSkip(["redis-server"]) is null)
        {
            await Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = new BlobReference("m", 1) }, [], null, null);
            job = Queue.Claim("n")!;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [RequiresToolFact("redis-server")]
    public async Task PiecesAreReadWhileTheJobRuns()
    {
        Assert.Equal(4, Append(0, "one "));
        Assert.Equal(8, Append(4, "two "));

        Assert.Equal("one two ", await StdoutAsync());
        Assert.Equal("two "u8.ToArray(), await Store.GetOutputAsync(job.Id, OutputStream.Stdout, 4, 100));
        Assert.Equal("o"u8.ToArray(), await Store.GetOutputAsync(job.Id, OutputStream.Stdout, 6, 1));
        Assert.Empty(await Store.GetOutputAsync(job.Id, OutputStream.Stdout, 8, 100));
        Assert.Empty(await Store.GetOutputAsync(job.Id, OutputStream.Stdout, 2, 0));
        Assert.Empty(await Store.GetStderrAsync(job.Id));
    }

    [RequiresToolFact("redis-server")]
    public async Task APieceThatComesTwiceIsThereOnce()
    {
        Append(0, "one ");
        Append(0, "one ");
        Append(4, "two");
        Append(0, "one ");

        Assert.Equal("one two", await StdoutAsync());
    }

    [RequiresToolFact("redis-server")]
    public async Task WhereRedisHasLostSomeTheCallerGoesOnFromThere()
    {
        Append(0, "one two ");
        await redis.Connection.GetDatabase().StringSetAsync($"{{{name}}}:job:{job.Id}:stdout", "one");

        Assert.Equal(3, Append(8, "three"));
        Assert.Equal("one", await StdoutAsync());
        Assert.Equal(13, Append(3, " two three"));
        Assert.Equal("one two three", await StdoutAsync());
    }

    [RequiresToolFact("redis-server")]
    public async Task TheEndBringsTheRest()
    {
        Append(0, "one ");

        Assert.True(Queue.Finish(job, new JobResult { State = JobState.Completed }, new OutputPiece(4, "two"u8.ToArray()), "error"u8.ToArray()));

        Assert.Equal("one two", await StdoutAsync());
        Assert.Equal("error"u8.ToArray(), await Store.GetStderrAsync(job.Id));
        Assert.Null(Append(7, "three"));
        Assert.Equal("one two", await StdoutAsync());
    }

    [RequiresToolFact("redis-server")]
    public async Task AnotherAttemptBeginsAnew()
    {
        Append(0, "of the first");
        Queue.Release(job);

        var second = Queue.Claim("m")!;

        Assert.Equal("", await StdoutAsync());
        Assert.Null(Append(0, "of the first"));
        Assert.Equal(13, Queue.Append(second, OutputStream.Stdout, "of the second"u8.ToArray()));
        Assert.Equal("of the second", await StdoutAsync());
    }

    [RequiresToolFact("redis-server")]
    public async Task WhoFollowsIsToldOfPiecesAndOfTheEnd()
    {
        var told = new SemaphoreSlim(0);
        var leave = await Store.OnOutputAsync(job.Id, () => told.Release());

        Append(0, "one");
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)));
        Queue.Finish(job, new JobResult { State = JobState.Completed }, default, default);
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)));
        await leave();
    }

    private long? Append(long offset, string text) => Queue.Append(job, OutputStream.Stdout, new OutputPiece(offset, Encoding.UTF8.GetBytes(text)));

    private async Task<string> StdoutAsync() => Encoding.UTF8.GetString(await Store.GetStdoutAsync(job.Id));
}
