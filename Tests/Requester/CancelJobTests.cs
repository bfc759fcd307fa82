using System.Net;
using System.Net.Http.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class CancelJobTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [RequiresToolFact("redis-server")]
    public async Task AQueuedJobIsCancelled()
    {
        var job = await requester.SubmitAsync();

        var cancelled = await CancelAsync(job.Id);

        Assert.Equal((JobState.Cancelled, JobReason.Cancelled, 0), (cancelled.State, cancelled.Reason, cancelled.Attempt));
        Assert.Throws<InvalidOperationException>(() => requester.Claim(job.Id));
    }

    [RequiresToolFact("redis-server")]
    public async Task OfARunningJobTheNodeHearsAndTheAnswerIsItsEnd()
    {
        var job = await requester.SubmitAsync();
        var claimed = requester.Claim(job.Id);
        var heard = new TaskCompletionSource();
        requester.Queue.OnCancel(id => { if (id == job.Id) { heard.TrySetResult(); } });

        var cancelling = CancelAsync(job.Id);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await requester.WaitForSubscriptionAsync();
        requester.Queue.Finish(claimed, new JobResult { State = JobState.Cancelled, Reason = JobReason.Cancelled }, "so far"u8.ToArray(), default);
        requester.Time.Pass(TimeSpan.FromSeconds(1));

        var cancelled = await cancelling;
        Assert.Equal((JobState.Cancelled, "so far"), (cancelled.State, cancelled.Stdout));
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobWhoseNodeIsGoneIsCancelledAllTheSame()
    {
        var job = await requester.SubmitAsync();
        var claimed = requester.Claim(job.Id);

        var cancelling = CancelAsync(job.Id);
        await requester.Time.WaitForTimerAsync(TimeSpan.FromSeconds(3));
        requester.Time.Pass(TimeSpan.FromSeconds(3));

        var cancelled = await cancelling;
        Assert.Equal((JobState.Cancelled, "The job was cancelled; its node did not answer."), (cancelled.State, cancelled.Message));
        Assert.Equal(JobHold.Lost, requester.Queue.Look(claimed));
    }

    [RequiresToolFact("redis-server")]
    public async Task AFinalJobStaysAsItIs()
    {
        var job = await requester.SubmitAsync();
        requester.Queue.Finish(requester.Claim(job.Id), new JobResult { State = JobState.Failed, Reason = JobReason.Trap }, default, default);

        var unchanged = await CancelAsync(job.Id);

        Assert.Equal((JobState.Failed, JobReason.Trap), (unchanged.State, unchanged.Reason));
    }

    [RequiresToolFact("redis-server")]
    public async Task AJobThatIsNotThereIsNotFound()
    {
        using var response = await requester.Client.PostAsync("/jobs/nope/cancel", null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("urn:wasmaspire:problem:no-such-job", (await ProblemView.ReadAsync(response)).Type);
    }

    [RequiresToolFact("redis-server")]
    public async Task AForeignPageCannotCancel()
    {
        var job = await requester.SubmitAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{job.Id}/cancel");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await requester.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.NotNull(requester.Claim(job.Id));
    }

    private async Task<JobView> CancelAsync(string id)
    {
        using var response = await requester.Client.PostAsync($"/jobs/{id}/cancel", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JobView>())!;
    }
}
