using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Events;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>A requester on a redis-server, both of the test class's own; time stands still in it. The tests play the node.</summary>
public sealed class RequesterFixture : IAsyncLifetime, IDisposable
{
    private readonly RedisServer redis = new();
    private RequesterFactory? factory;

    /// <summary>Talks to the requester.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The node's side of the queue.</summary>
    public JobQueue Queue => new(redis.Connection);

    /// <summary>The redis-server.</summary>
    public RedisServer Redis => redis;

    /// <summary>The requester's time, as far as it waits.</summary>
    internal ManualTime Time { get; } = new();

    /// <summary>The requests that have ended.</summary>
    internal RequestLog Requests { get; } = new();

    /// <summary>The requester's own events.</summary>
    internal JobEvents Events => factory!.Services.GetRequiredService<JobEvents>();

    /// <summary>
    /// Waits until events reach the requester: it subscribes when first asked to wait, and a ping on the same connection
    /// comes after that.
    /// </summary>
    internal Task WaitForSubscriptionAsync() =>
        factory!.Services.GetRequiredService<IConnectionMultiplexer>().GetSubscriber().PingAsync();

    public async Task InitializeAsync()
    {
        await redis.InitializeAsync();
        if (InstalledTools.ReasonToSkip(["redis-server"]) is null)
        {
            factory = new RequesterFactory(
                redis.ConnectionString,
                new Dictionary<string, string> { ["Dashboard:Url"] = "http://localhost:18888/" },
                services => services.AddSingleton<TimeProvider>(Time).AddSingleton<IStartupFilter>(Requests));
            Client = factory.Start();
        }
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Client?.Dispose();
        factory?.Dispose();
        redis.Dispose();
    }

    /// <summary>Submits a job that is nothing but a module, and what else the spec is given.</summary>
    internal async Task<JobView> SubmitAsync(string more = "")
    {
        using var response = await Client.PostAsync("/jobs", Json.Spec(more));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JobView>())!;
    }

    /// <summary>Claims jobs until this one comes.</summary>
    internal ClaimedJob Claim(string id)
    {
        while (Queue.Claim("node-1") is { } job)
        {
            if (job.Id == id)
            {
                return job;
            }
        }

        throw new InvalidOperationException($"The queue does not hold {id}.");
    }

    /// <summary>A connection for what no HTTP client sends.</summary>
    internal Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Client.BaseAddress!);
}
