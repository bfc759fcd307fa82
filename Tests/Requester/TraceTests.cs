using System.Collections.Concurrent;
using System.Diagnostics;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>Whose trace a job belongs to, where callers are trusted and where not.</summary>
public sealed class TraceTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private readonly ActivityTraceId callers = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> requests = new();
    private ActivityListener? listener;

    public void Dispose() => listener?.Dispose();

    [RequiresToolTheory("redis-server")]
    [InlineData(null)]
    [InlineData("true")]
    public async Task ATrustedCallerGivesTraceAndBaggage(string? trust)
    {
        var job = await SubmitAsync(trust);

        Assert.StartsWith($"00-{callers}-", job.TraceContext["traceparent"], StringComparison.Ordinal);
        Assert.Equal("tenant=acme", job.TraceContext["baggage"]);
        Assert.Empty(Assert.Single(requests, request => request.TraceId == callers).Links);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnUntrustedCallerIsLinkedAndNoMore()
    {
        var job = await SubmitAsync("false");

        Assert.DoesNotContain(requests, request => request.TraceId == callers);
        var request = Assert.Single(requests, request => request.Links.Any(link => link.Context.TraceId == callers));
        Assert.Equal("b7ad6b7169203331", request.Links.Single().Context.SpanId.ToHexString());
        Assert.Equal(default, request.ParentSpanId);
        // The caller's "not sampled" does not count either.
        Assert.Matches($"^00-{request.TraceId}-[0-9a-f]{{16}}-01$", job.TraceContext["traceparent"]);
        Assert.DoesNotContain("baggage", job.TraceContext.Keys);
        Assert.DoesNotContain("tracestate", job.TraceContext.Keys);
    }

    [Fact]
    public async Task AnotherValueStopsTheStart() =>
        Assert.Contains("Requester:TrustIncomingTraceContext", await RequesterProcess.FailAsync("Requester:TrustIncomingTraceContext", "maybe"), StringComparison.Ordinal);

    /// <summary>Submits a job as the caller does, unsampled where it is not trusted, and claims it.</summary>
    private async Task<ClaimedJob> SubmitAsync(string? trust)
    {
        // Sampling is left to the requester: a listener's answer would hold for every test in this process.
        listener = new ActivityListener { ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", ActivityStarted = requests.Enqueue };
        ActivitySource.AddActivityListener(listener);
        await using var factory = Factory(trust);
        using var client = factory.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = Json.Spec("") };
        request.Headers.Add("traceparent", $"00-{callers}-b7ad6b7169203331-{(trust == "false" ? "00" : "01")}");
        request.Headers.Add("tracestate", "vendor=1");
        request.Headers.Add("baggage", "tenant=acme");
        using var answer = await client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return new JobQueue(redis.Connection).Claim("node")!;
    }

    private RequesterFactory Factory(string? trust) =>
        new(redis.ConnectionString, trust is null ? null : new Dictionary<string, string> { ["Requester:TrustIncomingTraceContext"] = trust });
}
