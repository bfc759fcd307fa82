using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class RedisOutageTests : IDisposable
{
    private readonly RedisServer redis = new();

    public void Dispose() => redis.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task WithoutRedisAtTheStartItLivesAndSaysSoAndRecovers()
    {
        await using var factory = new RequesterFactory(redis.ConnectionString);
        using var client = factory.Start();

        await AssertOutageAsync(client);

        await redis.StartAsync();
        await AssertRecoveryAsync(client);
    }

    [RequiresToolFact("redis-server")]
    public async Task WithoutRedisForAWhileItLivesAndSaysSoAndRecovers()
    {
        await redis.StartAsync();
        await using var factory = new RequesterFactory(redis.ConnectionString);
        using var client = factory.Start();
        await AssertRecoveryAsync(client);

        redis.Kill();
        await AssertOutageAsync(client);

        await redis.StartAsync();
        await AssertRecoveryAsync(client);
    }

    [RequiresToolFact("redis-server")]
    public async Task AWaitIsToldThatRedisWentAway()
    {
        await redis.StartAsync();
        await using var factory = new RequesterFactory(redis.ConnectionString);
        using var client = factory.Start();
        using var submitted = await client.PostAsync("/jobs", Json.Spec());
        var wait = client.GetAsync($"{submitted.Headers.Location}?wait=60");

        redis.Kill();

        using var response = await wait;
        Assert.Equal("urn:wasmaspire:problem:redis-unavailable", (await ProblemView.ReadAsync(response)).Type);
    }

    [RequiresToolFact("redis-server")]
    public async Task AFullRedisIsNotTheCallersFault()
    {
        await redis.InitializeAsync();
        await using var factory = new RequesterFactory(redis.ConnectionString);
        using var client = factory.Start();
        await redis.Connection.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");

        using var response = await client.PostAsync("/jobs", Json.Spec());

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((507, "urn:wasmaspire:problem:redis-full"), (problem.Status, problem.Type));
    }

    private static async Task AssertOutageAsync(HttpClient client)
    {
        Assert.Equal("Healthy", await client.GetStringAsync("/alive"));
        using var health = await client.GetAsync("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (health.StatusCode, await health.Content.ReadAsStringAsync()));
        Assert.Contains("<form", await client.GetStringAsync("/"), StringComparison.Ordinal);

        const string Id = "/jobs/01M827A3ZNN9D4N2MJKRF7HEN2";
        // Together: each waits for the client's patience with Redis.
        await Task.WhenAll(
            AssertUnavailableAsync(client.PostAsync("/jobs", Json.Spec())),
            AssertUnavailableAsync(client.PostAsync("/modules", new ByteArrayContent([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]) { Headers = { ContentType = new MediaTypeHeaderValue("application/wasm") } })),
            AssertUnavailableAsync(client.GetAsync("/jobs")),
            AssertUnavailableAsync(client.GetAsync(Id)),
            AssertUnavailableAsync(client.GetAsync($"{Id}?wait=60")),
            AssertUnavailableAsync(client.GetAsync($"{Id}/stdout")),
            AssertUnavailableAsync(client.GetAsync($"{Id}/stderr?follow=true")));
    }

    private static async Task AssertUnavailableAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((503, "urn:wasmaspire:problem:redis-unavailable"), (problem.Status, problem.Type));
        Assert.Equal("The jobs are kept in Redis, which does not answer. Try again in a moment, with the same Idempotency-Key if the request was a POST.", problem.Detail);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    /// <summary>Does as a client that is told to try again; then everything works as before, events included.</summary>
    private static async Task AssertRecoveryAsync(HttpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        HttpResponseMessage health;
        while (!(health = await client.GetAsync("/health", patience.Token)).IsSuccessStatusCode)
        {
            health.Dispose();
        }

        using var events = await client.GetAsync("/jobs/events", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        var told = SseParser.Create(await events.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        var next = told.MoveNextAsync();
        // The subscription comes back by itself, a moment after the connection: jobs are submitted until one is told of.
        var id = "";
        do
        {
            using var response = await client.PostAsync("/jobs", Json.Spec(), patience.Token);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            id = (await response.Content.ReadFromJsonAsync<JobView>(patience.Token))!.Id;
        }
        while (!next.IsCompleted);

        Assert.True(await next);
        Assert.Contains("\"state\":\"Queued\"", told.Current.Data, StringComparison.Ordinal);
        Assert.Equal(id, (await client.GetFromJsonAsync<JobView>($"/jobs/{id}", patience.Token))!.Id);
    }
}
