using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Jobs;

public sealed class CancelTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly JobResult Completed = new() { State = JobState.Completed };

    // A queue of its own for each test.
    private readonly string name = Guid.NewGuid().ToString("n");

    private JobQueue Queue => new(redis.Connection, name);

    private JobStore Store => new(redis.Connection, name);

    [RequiresToolFact("redis-server")]
    public async Task AQueuedJobIsCancelledAtOnceAndNeverRuns()
    {
        var id = await SubmitAsync();

        Assert.Equal(JobState.Cancelled, await Queue.CancelAsync(id));

        var job = (await Store.GetAsync(id))!;
        Assert.Equal((JobState.Cancelled, JobReason.Cancelled, "The job was cancelled before it began."), (job.State, job.Result!.Reason, job.Result.Message));
        Assert.True(job.FinishedAt >= job.SubmittedAt);
        Assert.Null(Queue.Claim("n"));
    }

    [RequiresToolFact("redis-server")]
    public async Task ARunningJobIsForItsNodeToEnd()
    {
        var id = await SubmitAsync();
        var job = Queue.Claim("n")!;
        Assert.Equal(JobHold.Held, Queue.Look(job));
        var heard = new TaskCompletionSource<string>();
        Queue.OnCancel(heard.SetResult);

        Assert.Equal(JobState.Running, await Queue.CancelAsync(id));

        Assert.Equal(id, await heard.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(JobHold.Cancel, Queue.Look(job));
        Assert.False(Queue.Release(job));
        Assert.True(Queue.Finish(job, new JobResult { State = JobState.Cancelled, Reason = JobReason.Cancelled }, "so far"u8.ToArray(), default));
        Assert.Equal((JobState.Cancelled, "so far"), ((await Store.GetAsync(id))!.State, System.Text.Encoding.UTF8.GetString(await Store.GetStdoutAsync(id))));
        Assert.Equal(JobHold.Lost, Queue.Look(job));
    }

    [RequiresToolFact("redis-server")]
    public async Task ANodeThatHasFinishedBeforeItHeardIsRight()
    {
        var id = await SubmitAsync();
        var job = Queue.Claim("n")!;
        await Queue.CancelAsync(id);

        Assert.True(Queue.Finish(job, Completed, default, default));

        Assert.Equal(JobState.Completed, (await Store.GetAsync(id))!.State);
    }

    [RequiresToolFact("redis-server")]
    public async Task WithoutItsNodeAJobIsCancelledAndTheNodeHasNoMoreSay()
    {
        var id = await SubmitAsync();
        var job = Queue.Claim("n")!;
        Queue.Append(job, OutputStream.Stdout, "before"u8.ToArray());

        Assert.Equal(JobState.Cancelled, await Queue.CancelAsync(id, withoutNode: true));

        Assert.Equal(JobHold.Lost, Queue.Look(job));
        Assert.Null(Queue.Append(job, OutputStream.Stdout, new OutputPiece(6, " after"u8.ToArray())));
        Assert.False(Queue.Finish(job, Completed, default, default));
        Assert.False(Queue.Release(job));
        var cancelled = (await Store.GetAsync(id))!;
        Assert.Equal((JobState.Cancelled, "The job was cancelled; its node did not answer."), (cancelled.State, cancelled.Result!.Message));
        Assert.Equal("before"u8.ToArray(), await Store.GetStdoutAsync(id));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFinalJobStaysAsItIs(bool withoutNode)
    {
        var id = await SubmitAsync();
        Queue.Finish(Queue.Claim("n")!, Completed, default, default);

        Assert.Equal(JobState.Completed, await Queue.CancelAsync(id, withoutNode));
        Assert.Null((await Store.GetAsync(id))!.Result!.Reason);
    }

    [RequiresToolFact("redis-server")]
    public async Task ToCancelTwiceIsToCancelOnce()
    {
        var id = await SubmitAsync();
        await Queue.CancelAsync(id);
        var finished = (await Store.GetAsync(id))!.FinishedAt;

        Assert.Equal(JobState.Cancelled, await Queue.CancelAsync(id));
        Assert.Equal(finished, (await Store.GetAsync(id))!.FinishedAt);
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatIsNotThereIsNone()
    {
        Assert.Null(await Queue.CancelAsync(JobQueue.NewId()));
        Assert.Empty((await Store.ListAsync(null, 10)));
    }

    private async Task<string> SubmitAsync() =>
        (await Queue.SubmitAsync(JobQueue.NewId(), new JobSpec { Module = new BlobReference("m", 1) }, [], null, null)).Id;
}
