using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.ComputeNode;

public sealed class SlotTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [RequiresToolFact("redis-server")]
    public async Task AStoppedNodeGivesItsJobBackAndAnotherRunsIt()
    {
        string id;
        await using (var first = await RunningNode.StartAsync(redis, "first"))
        {
            id = await first.SubmitAsync(RunningNode.Guest("c/sleep"), spec => spec with { Args = ["1500"] });
            await first.WaitAsync(id, job => job.State == JobState.Running);
            await first.StopAsync();
            var back = await first.Store.GetAsync(id);
            Assert.Equal((JobState.Queued, 0), (back!.State, back.Attempt));
        }

        await using var second = await RunningNode.StartAsync(redis, "second");
        var run = await second.EndAsync(id);
        Assert.Equal((JobState.Completed, "second", 1), (run.Result.State, run.Job.Node, run.Job.Attempt));
    }

    [RequiresToolFact("redis-server")]
    public async Task AGuestThatSpinsDoesNotKeepANodeFromStopping()
    {
        await using var node = await RunningNode.StartAsync(redis);
        var id = await node.SubmitAsync(RunningNode.Guest("c/spin"));
        await node.WaitAsync(id, job => job.State == JobState.Running);

        await node.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));

        var job = node.Queue.Claim("test")!;
        Assert.Equal(id, job.Id);
        node.Queue.Finish(job, new JobResult { State = JobState.Completed }, default, default);
    }

    [RequiresToolFact("redis-server")]
    public async Task SlotsRunAtOnceAndOneGuestsTimeoutIsNotTheOthers()
    {
        await using var node = await RunningNode.StartAsync(redis, slots: 2);
        var spinning = await node.SubmitAsync(RunningNode.Guest("c/spin"), spec => spec with { Limits = new JobLimits { TimeoutSeconds = 30 } });
        await node.WaitAsync(spinning, job => job.State == JobState.Running);

        // While one slot is taken for good, the other works on.
        Assert.Equal(JobState.Completed, (await node.RunAsync("c/count_vowels")).Result.State);
        var timeout = await node.RunAsync("c/spin", spec => spec with { Limits = new JobLimits { TimeoutSeconds = 0.1 } });

        Assert.Equal(JobReason.Timeout, timeout.Result.Reason);
        Assert.Equal(JobState.Running, (await node.Store.GetAsync(spinning))!.State);
        await node.StopAsync();
        var job = node.Queue.Claim("test")!;
        node.Queue.Finish(job, new JobResult { State = JobState.Completed }, default, default);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobWaitsForMemoryThatAnotherHolds()
    {
        await using var node = await RunningNode.StartAsync(redis, slots: 2, configure: options => options.JobMemoryBytes = 500 << 20);
        var first = await node.SubmitAsync(RunningNode.Guest("c/spin"), spec => spec with { Limits = new JobLimits { TimeoutSeconds = 1 } });
        var second = await node.RunAsync("c/count_vowels");

        Assert.Equal(JobState.Completed, second.Result.State);
        Assert.True(second.Job.StartedAt >= (await node.EndAsync(first)).Job.FinishedAt);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatNoNodeHasTheMemoryForIsRefused()
    {
        await using var node = await RunningNode.StartAsync(redis, configure: options => options.JobMemoryBytes = 300 << 20);
        await node.RunAsync("c/count_vowels", spec => spec with { Limits = new JobLimits { OutputBytes = 0 } });

        var refused = await Assert.ThrowsAsync<ExcessiveJobException>(() => node.SubmitAsync(RunningNode.Guest("c/count_vowels")));

        Assert.Equal("The job may take 337641472 bytes of a node's memory; the largest node has 314572800.", refused.Message);
    }
}
