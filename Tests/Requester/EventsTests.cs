using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class EventsTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [RequiresToolFact("redis-server")]
    public async Task EveryListenerIsToldOfEveryChangeInOrder()
    {
        using var first = await ListenAsync();
        using var second = await ListenAsync();

        var job = await requester.SubmitAsync();
        requester.Queue.Finish(requester.Claim(job.Id), new JobResult { State = JobState.Failed, Reason = JobReason.Trap }, default, default);

        foreach (var response in new[] { first, second })
        {
            Assert.Equal(
                ["job Queued", "job Running", "job Failed"],
                (await ReadAsync(response, job.Id)).Select(item => $"{item.EventType} {item.Data.State}"));
        }
    }

    [RequiresToolFact("redis-server")]
    public async Task AnEventIsOneLineOfJson()
    {
        using var response = await ListenAsync();
        var job = await requester.SubmitAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));

        Assert.Equal("event: job", await reader.ReadLineAsync(patience.Token));
        Assert.Equal($$"""data: {"id":"{{job.Id}}","state":"Queued"}""", await reader.ReadLineAsync(patience.Token));
        Assert.Equal("", await reader.ReadLineAsync(patience.Token));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("/jobs/events?gone=events")]
    [InlineData("/jobs/ID/stdout?follow=true&gone=stdout")]
    [InlineData("/jobs/ID/stderr?follow=true&gone=stderr")]
    [InlineData("/jobs/ID?wait=60&gone=wait")]
    public async Task ARequestEndsWithItsClient(string path)
    {
        var job = await requester.SubmitAsync();
        path = path.Replace("ID", job.Id, StringComparison.Ordinal);
        using var leave = new CancellationTokenSource();
        var answer = requester.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        if (path.Contains("wait=", StringComparison.Ordinal))
        {
            await requester.Time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }
        else
        {
            (await answer).Dispose();
        }

        await requester.Requests.WaitForEndAsync(path[path.IndexOf('?', StringComparison.Ordinal)..]);
    }

    [RequiresToolFact("redis-server")]
    public async Task WhoHasLeftIsToldNoMore()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var left = requester.Events.Listen();
        using var stays = requester.Events.Listen();
        left.Dispose();
        await requester.WaitForSubscriptionAsync();

        await requester.SubmitAsync();

        Assert.NotNull(await stays.ReadAsync(patience.Token));
        var told = left.ReadAsync(patience.Token);
        Assert.False(told.IsCompleted);
        await patience.CancelAsync();
        Assert.Null(await told);
    }

    private async Task<HttpResponseMessage> ListenAsync()
    {
        var response = await requester.Client.GetAsync("/jobs/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        await requester.WaitForSubscriptionAsync();
        return response;
    }

    /// <summary>The events of one job to its end.</summary>
    private static async Task<List<SseItem<JobEvent>>> ReadAsync(HttpResponseMessage response, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var items = new List<SseItem<JobEvent>>();
        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(patience.Token), (_, data) => JsonSerializer.Deserialize<JobEvent>(data, JsonSerializerOptions.Web)!);
        await foreach (var item in parser.EnumerateAsync(patience.Token))
        {
            if (item.Data.Id == id)
            {
                items.Add(item);
                if (item.Data.State == JobState.Failed)
                {
                    break;
                }
            }
        }

        return items;
    }
}
