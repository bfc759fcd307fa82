using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>Time stands still: only the stop can end what waits.</summary>
public sealed class StopTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTime time = new();

    [RequiresToolFact("redis-server")]
    public async Task AStopEndsAllThatWaits()
    {
        await using var factory = new RequesterFactory(redis.ConnectionString, services: services => services.AddSingleton<TimeProvider>(time));
        using var client = factory.Start();
        using var submitted = await client.PostAsync("/jobs", Json.Spec());
        var id = (await submitted.Content.ReadFromJsonAsync<JobView>())!.Id;
        var wait = client.GetFromJsonAsync<JobView>($"/jobs/{id}?wait=60");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(60));
        using var events = await client.GetAsync("/jobs/events", HttpCompletionOption.ResponseHeadersRead);
        using var follow = await client.GetAsync($"/jobs/{id}/stdout?follow=true", HttpCompletionOption.ResponseHeadersRead);

        factory.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(JobState.Queued, (await wait)!.State);
        Assert.DoesNotContain("event:", await events.Content.ReadAsStringAsync().WaitAsync(Patience), StringComparison.Ordinal);
        // Cut off, since a clean end would say that this was all of the output.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => follow.Content.ReadAsStringAsync().WaitAsync(Patience));
    }
}
