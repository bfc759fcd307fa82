using System.Net;
using System.Net.Http.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>Time stands still: what a wait ends by is what the test does.</summary>
public sealed class ShowJobTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    [RequiresToolFact("redis-server")]
    public async Task AJobIsShownInEveryState()
    {
        var id = (await requester.SubmitAsync("\"name\":\"n\"")).Id;
        Assert.Equal((JobState.Queued, 0, null), await ShowAsync(id));

        var claimed = requester.Claim(id);
        Assert.Equal((JobState.Running, 1, "node-1"), await ShowAsync(id));

        requester.Queue.Finish(
            claimed,
            new JobResult { State = JobState.Failed, Reason = JobReason.ExitCode, Message = "m", ExitCode = 4294967295, Usage = new() { PeakMemoryBytes = 65536 }, Telemetry = new() { Spans = 2 } },
            "out"u8.ToArray(),
            "err"u8.ToArray());
        var job = await GetAsync(id);
        Assert.Equal((JobState.Failed, JobReason.ExitCode, "m", 4294967295), (job.State, job.Reason, job.Message, job.ExitCode));
        Assert.Equal(("out", "err", 65536, 2), (job.Stdout, job.Stderr, job.Usage!.PeakMemoryBytes, job.Telemetry!.Spans));
        Assert.Equal((job.StartedAt - job.SubmittedAt)!.Value.TotalMilliseconds, job.QueueMilliseconds);
        Assert.Equal((job.FinishedAt - job.StartedAt)!.Value.TotalMilliseconds, job.RunMilliseconds);
    }

    [RequiresToolFact("redis-server")]
    public async Task TheHeadOfTheOutputEndsAtACharacter()
    {
        var id = (await requester.SubmitAsync()).Id;
        // The 4,096th byte is the first of two.
        requester.Queue.Finish(requester.Claim(id), Completed, System.Text.Encoding.UTF8.GetBytes(new string('a', 4095) + "é and more"), (byte[])[0x61, 0xFF]);

        var job = await GetAsync(id);

        Assert.Equal((new string('a', 4095), "a\uFFFD"), (job.Stdout, job.Stderr));
    }

    [RequiresToolFact("redis-server")]
    public async Task AWaitForAFinalJobReturnsAtOnce()
    {
        var id = (await requester.SubmitAsync()).Id;
        requester.Queue.Finish(requester.Claim(id), Completed, default, default);

        Assert.Equal(JobState.Completed, (await GetAsync(id, "120")).State);
    }

    [RequiresToolFact("redis-server")]
    public async Task AWaitEndsWhenItsTimeIsOver()
    {
        var id = (await requester.SubmitAsync()).Id;
        var answer = GetAsync(id, "17.5");
        await requester.Time.WaitForTimerAsync(TimeSpan.FromSeconds(17.5));
        Assert.False(answer.IsCompleted);

        requester.Time.Pass(TimeSpan.FromSeconds(17.5));

        Assert.Equal(JobState.Queued, (await answer).State);
    }

    [RequiresToolFact("redis-server")]
    public async Task AWaitIsWokenByTheEvent()
    {
        var id = (await requester.SubmitAsync()).Id;
        var answer = GetAsync(id, "30");
        await requester.Time.WaitForTimerAsync(LookAgain);
        await requester.WaitForSubscriptionAsync();

        requester.Queue.Finish(requester.Claim(id), Completed, default, default);

        Assert.Equal(JobState.Completed, (await answer).State);
    }

    [RequiresToolFact("redis-server")]
    public async Task AWaitSurvivesALostEvent()
    {
        var id = (await requester.SubmitAsync()).Id;
        var answer = GetAsync(id, "30");
        await requester.Time.WaitForTimerAsync(LookAgain);
        await requester.Redis.Connection.GetDatabase().HashSetAsync($"{{jobs}}:job:{id}", "state", "Cancelled");

        requester.Time.Pass(LookAgain);

        Assert.Equal(JobState.Cancelled, (await answer).State);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("-1", "wait: Must be between 0 and 120 seconds.")]
    [InlineData("120.1", "wait: Must be between 0 and 120 seconds.")]
    [InlineData("NaN", "wait: Must be between 0 and 120 seconds.")]
    [InlineData("Infinity", "wait: Must be between 0 and 120 seconds.")]
    [InlineData("soon", "wait: 'soon' cannot be read.")]
    [InlineData("", "wait: '' cannot be read.")]
    [InlineData("%22%0A", "wait: '\"\n' cannot be read.")]
    public async Task AWaitIsANumberOfSeconds(string wait, string error)
    {
        using var response = await requester.Client.GetAsync($"/jobs/x?wait={wait}");

        Assert.Equal([error], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("x")]
    [InlineData("01M827A3ZNN9D4N2MJKRF7HEN2")]
    [InlineData("%7Bjobs%7D:all")]
    [InlineData("a%0D%0AX-Injected:%201")]
    public async Task AnIdThatIsNoneIsNotFound(string id)
    {
        foreach (var path in new[] { "", "?wait=60", "/stdout", "/stdout?follow=true", "/stderr" })
        {
            using var response = await requester.Client.GetAsync($"/jobs/{id}{path}");

            var problem = await ProblemView.ReadAsync(response);
            Assert.Equal((404, "urn:wasmaspire:problem:no-such-job"), (problem.Status, problem.Type));
            Assert.Equal($"There is no job '{Uri.UnescapeDataString(id)}'. GET /jobs lists those there are.", problem.Detail);
            Assert.False(response.Headers.Contains("X-Injected"));
        }
    }

    private static JobResult Completed => new() { State = JobState.Completed, ExitCode = 0 };

    private async Task<JobView> GetAsync(string id, string wait = "0")
    {
        using var response = await requester.Client.GetAsync($"/jobs/{id}?wait={wait}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JobView>())!;
    }

    private async Task<(JobState State, int Attempt, string? Node)> ShowAsync(string id)
    {
        var job = await GetAsync(id);
        Assert.Equal("", job.Stdout);
        return (job.State, job.Attempt, job.Node);
    }
}
