using System.Text.Json;
using StackExchange.Redis;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

public sealed class JobQueueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly BlobReference Blob = new(new string('a', 64), 5);

    // A queue of its own for each test.
    private readonly string name = Guid.NewGuid().ToString("n");

    private JobQueue Queue => new(redis.Connection, name);

    private JobStore Store => new(redis.Connection, name);

    private IDatabase Database => redis.Connection.GetDatabase();

    [RequiresToolFact("redis-server")]
    public async Task AJobGoesFromQueuedToRunningToCompleted()
    {
        var before = DateTimeOffset.UtcNow;
        var id = await Submit(new JobSpec
        {
            Name = "n",
            Module = Blob,
            Args = ["x"],
            Env = new Dictionary<string, string> { ["K"] = "v" },
            Labels = new Dictionary<string, string> { ["team"] = "data" },
            EntrypointArgs = [JsonSerializer.SerializeToElement(1), JsonSerializer.SerializeToElement("2")],
            Limits = new JobLimits { TimeoutSeconds = 1.5 },
        });

        var queued = await Store.GetAsync(id);
        Assert.Equal((JobState.Queued, 0, "0af7651916cd43dd8448eb211c80319c"), (queued!.State, queued.Attempt, queued.TraceId));
        Assert.InRange(queued.SubmittedAt, before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Null(queued.StartedAt);

        var claimed = Queue.Claim("node-1")!;
        Assert.Equal((id, 1, "n"), (claimed.Id, claimed.Attempt, claimed.Spec.Name));
        Assert.Equal(["x"], claimed.Spec.Args);
        Assert.Equal("v", claimed.Spec.Env["K"]);
        Assert.Equal(["1", "\"2\""], claimed.Spec.EntrypointArgs.Select(argument => argument.GetRawText()));
        Assert.Equal(1.5, claimed.Spec.Limits.TimeoutSeconds);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", claimed.TraceContext["traceparent"]);
        Assert.InRange(claimed.Queued, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var running = await Store.GetAsync(id);
        Assert.Equal((JobState.Running, "node-1", 1), (running!.State, running.Node, running.Attempt));
        Assert.True(running.StartedAt >= running.SubmittedAt);

        var result = new JobResult { State = JobState.Completed, ExitCode = 0, Usage = new JobUsage { PeakMemoryBytes = 65536 }, Telemetry = new JobTelemetry { Spans = 3 } };
        Assert.True(Queue.Finish(claimed, result, "out"u8.ToArray(), "err"u8.ToArray()));
        var finished = await Store.GetAsync(id);
        Assert.Equal((JobState.Completed, true), (finished!.State, finished.IsFinal));
        Assert.Equal((65536, 3), (finished.Result!.Usage.PeakMemoryBytes, finished.Result.Telemetry.Spans));
        Assert.True(finished.FinishedAt >= finished.StartedAt);
        Assert.Equal("out"u8.ToArray(), await Store.GetStdoutAsync(id));
        Assert.Equal("er"u8.ToArray(), await Store.GetStderrAsync(id, limit: 2));
        Assert.Null(Queue.Claim("node-1"));
    }

    [RequiresToolFact("redis-server")]
    public async Task JobsComeOutInTheOrderTheyCameIn()
    {
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await Submit());
        }

        Assert.Equal(ids, Enumerable.Range(0, 20).Select(_ => Queue.Claim("n")!.Id));
    }

    [RequiresToolFact("redis-server")]
    public async Task EachJobIsClaimedOnceHoweverManyClaimAtOnce()
    {
        for (var i = 0; i < 200; i++)
        {
            await Submit();
        }

        var claimed = new System.Collections.Concurrent.ConcurrentBag<string>();
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            while (Queue.Claim($"node-{i}") is { } job)
            {
                claimed.Add(job.Id);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(200, claimed.Count);
        Assert.Equal(200, claimed.Distinct().Count());
    }

    [RequiresToolFact("redis-server")]
    public async Task OnlyTheHolderFinishesAndItsFirstWordCounts()
    {
        await Submit();
        var job = Queue.Claim("n")!;
        var result = new JobResult { State = JobState.Completed, ExitCode = 0 };

        Assert.False(Queue.Finish(job with { Token = "stale" }, result, default, default));
        Assert.Equal(JobState.Running, (await Store.GetAsync(job.Id))!.State);
        Assert.True(Queue.Finish(job, result, "first"u8.ToArray(), default));
        var finished = await Store.GetAsync(job.Id);

        // A holder asks again where Redis's answer got lost.
        Assert.True(Queue.Finish(job, result with { State = JobState.Failed }, "second"u8.ToArray(), default));
        Assert.False(Queue.Finish(job with { Token = "stale" }, result, default, default));
        Assert.False(Queue.Release(job));
        var after = await Store.GetAsync(job.Id);
        Assert.Equal((JobState.Completed, finished!.FinishedAt), (after!.State, after.FinishedAt));
        Assert.Equal("first"u8.ToArray(), await Store.GetStdoutAsync(job.Id));
        Assert.Null(Queue.Claim("n"));
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatIsGoneIsPassedOver()
    {
        var (first, second, third) = (await Submit(), await Submit(), await Submit());
        await Database.KeyDeleteAsync([Key(first), Key(second)]);

        var held = Queue.Claim("n")!;
        Assert.Equal(third, held.Id);
        await Database.KeyDeleteAsync(Key(third));
        Assert.False(Queue.Finish(held, new JobResult { State = JobState.Completed }, default, default));
        Assert.False(Queue.Release(held));

        Assert.Null(Queue.Claim("n"));
        Assert.Equal(0, await Database.KeyExistsAsync([Key(first), Key(second), Key(third)]));
        Assert.Empty(await Store.ListAsync(after: null, count: 10));
    }

    [RequiresToolFact("redis-server")]
    public async Task AClockThatWasSetBackGivesNoNegativeWait()
    {
        var id = await Submit();
        await Database.HashSetAsync(Key(id), "queuedAt", long.MaxValue / 1024);

        Assert.Equal(TimeSpan.Zero, Queue.Claim("n")!.Queued);
    }

    [RequiresToolFact("redis-server")]
    public async Task AServerThatIsFullRefusesWholeStepsAndIsNoMistake()
    {
        var waiting = await Submit();
        await Submit();
        var held = Queue.Claim("n")!;
        var server = redis.Connection.GetServers()[0];
        await server.ConfigSetAsync("maxmemory", 1);
        try
        {
            var submit = await Assert.ThrowsAsync<RedisServerException>(() => Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = Blob }, [], null, new IdempotencyKey("k", "f")));
            var finish = Assert.Throws<RedisServerException>(() => Queue.Finish(held, new JobResult { State = JobState.Completed }, "out"u8.ToArray(), default));
            Assert.All([submit, finish], e => Assert.True(RedisOutage.Causes(e), e.Message));
        }
        finally
        {
            await server.ConfigSetAsync("maxmemory", 0);
        }

        Assert.Equal(waiting, held.Id);
        Assert.Equal(JobState.Running, (await Store.GetAsync(held.Id))!.State);
        Assert.Equal(SubmitOutcome.New, (await Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = Blob }, [], null, new IdempotencyKey("k", "f"))).Outcome);
        Assert.Equal(3, (await Store.ListAsync(after: null, count: 10)).Count);
        Assert.True(Queue.Finish(held, new JobResult { State = JobState.Completed }, "out"u8.ToArray(), default));
    }

    [RequiresToolFact("redis-server")]
    public async Task AReleasedJobIsUnspentAndTakesItsOldPlace()
    {
        var first = await Submit();
        var second = await Submit();
        var held = Queue.Claim("n")!;
        Assert.Equal(first, held.Id);

        Assert.False(Queue.Release(held with { Token = "stale" }));
        Assert.True(Queue.Release(held));
        Assert.False(Queue.Release(held));
        Assert.False(Queue.Finish(held, new JobResult { State = JobState.Completed }, default, default));

        var released = await Store.GetAsync(first);
        Assert.Equal((JobState.Queued, 0), (released!.State, released.Attempt));
        Assert.Null(released.Node);
        Assert.Null(released.StartedAt);
        Assert.Equal([(first, 1), (second, 1)], Enumerable.Range(0, 2).Select(_ => Queue.Claim("m")!).Select(job => (job.Id, job.Attempt)));
    }

    [RequiresToolFact("redis-server")]
    public async Task AnIdempotencyKeyGivesTheSameJobAndRefusesAnotherRequest()
    {
        var spec = new JobSpec { Module = Blob };
        var first = await Queue.SubmitAsync(JobQueue.NewId(), spec, [], null, new IdempotencyKey("k", "f1"));
        var again = await Queue.SubmitAsync(JobQueue.NewId(), spec, [], null, new IdempotencyKey("k", "f1"));
        var other = await Queue.SubmitAsync(JobQueue.NewId(), spec, [], null, new IdempotencyKey("k", "f2"));

        Assert.Equal(SubmitOutcome.New, first.Outcome);
        Assert.Equal((first.Id, SubmitOutcome.Same), again);
        Assert.Equal((first.Id, SubmitOutcome.Different), other);
        Assert.InRange((await Database.KeyTimeToLiveAsync($"{{{name}}}:idempotency:k"))!.Value, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        Assert.Equal(first.Id, Queue.Claim("n")!.Id);
        Assert.Null(Queue.Claim("n"));
    }

    [RequiresToolFact("redis-server")]
    public async Task OneKeySubmittedManyTimesAtOnceGivesOneJob()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = Blob }, [], null, new IdempotencyKey("k", "f"))));

        Assert.Single(answers.Select(answer => answer.Id).Distinct());
        Assert.Equal(1, answers.Count(answer => answer.Outcome == SubmitOutcome.New));
        Assert.Equal(1, await Database.SortedSetLengthAsync($"{{{name}}}:queue"));
    }

    [RequiresToolFact("redis-server")]
    public async Task StateChangesAndWakeUpsAreTold()
    {
        var changes = System.Threading.Channels.Channel.CreateUnbounded<(string Id, JobState State)>();
        var wakes = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        Store.OnChanged((id, state) => changes.Writer.TryWrite((id, state)));
        Queue.OnQueued(() => wakes.Writer.TryWrite(true));
        // Subscriptions are sent without waiting for the answer; a ping on the same connection comes after them.
        await redis.Connection.GetSubscriber().PingAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var id = await Submit();
        Queue.Finish(Queue.Claim("n")!, new JobResult { State = JobState.Failed, Reason = JobReason.Trap }, default, default);

        Assert.True(await wakes.Reader.ReadAsync(patience.Token));
        Assert.Equal((id, JobState.Queued), await changes.Reader.ReadAsync(patience.Token));
        Assert.Equal((id, JobState.Running), await changes.Reader.ReadAsync(patience.Token));
        Assert.Equal((id, JobState.Failed), await changes.Reader.ReadAsync(patience.Token));
        Assert.Equal(JobReason.Trap, (await Store.GetAsync(id))!.Result!.Reason);
    }

    [RequiresToolFact("redis-server")]
    public async Task AListIsNewestFirstAndGoesOnAfterAJob()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await Submit());
        }

        var first = await Store.ListAsync(after: null, count: 2);
        var newer = await Submit();
        var second = await Store.ListAsync(after: first[^1].Id, count: 10);

        Assert.Equal(ids[..2], first.Select(job => job.Id));
        Assert.Equal(ids[2..], second.Select(job => job.Id));
        Assert.Equal(newer, (await Store.ListAsync(null, 1))[0].Id);
        Assert.Empty(await Store.ListAsync(after: JobQueue.NewId(), count: 10));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("")]
    [InlineData("nope")]
    [InlineData("01M827A3ZNN9D4N2MJKRF7HEN")]
    [InlineData("01m827a3znn9d4n2mjkrf7hen2")]
    [InlineData("01M827A3ZNN9D4N2MJKRF7HEN2")]
    public async Task AnIdThatIsNoneGivesNoJob(string id) => Assert.Null(await Store.GetAsync(id));

    [RequiresToolFact("redis-server")]
    public async Task AllKeysCarryTheQueuesHashTag()
    {
        await Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = Blob }, [], null, new IdempotencyKey("k", "f"));
        await new BlobStore(redis.Connection, name).PutAsync("x"u8.ToArray());
        Queue.Finish(Queue.Claim("n")!, new JobResult { State = JobState.Completed }, "out"u8.ToArray(), "err"u8.ToArray());

        var server = redis.Connection.GetServers()[0];
        var keys = await server.KeysAsync(pattern: $"*{name}*").Select(key => key.ToString()).ToListAsync();
        Assert.Equal(6, keys.Count);
        Assert.All(keys, key => Assert.StartsWith($"{{{name}}}:", key, StringComparison.Ordinal));
    }

    private RedisKey Key(string id) => $"{{{name}}}:job:{id}";

    private async Task<string> Submit(JobSpec? spec = null)
    {
        var trace = new Dictionary<string, string> { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        return (await Queue.SubmitAsync(JobQueue.NewId(), spec ?? new JobSpec { Module = Blob }, trace, "0af7651916cd43dd8448eb211c80319c", null)).Id;
    }
}
