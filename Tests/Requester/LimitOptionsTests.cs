using System.Net.Http.Json;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class LimitOptionsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [RequiresToolFact("redis-server")]
    public async Task AnOperatorLowersWhatAJobMayAskFor()
    {
        await using var factory = new RequesterFactory(redis.ConnectionString, new Dictionary<string, string> { ["Limits:MemoryBytes"] = "1000000", ["Limits:TimeoutSeconds"] = "5" });
        using var client = factory.Start();

        using var refused = await client.PostAsync("/jobs", Json.Spec("\"limits\":{\"timeoutSeconds\":6,\"memoryBytes\":1000001}"));
        using var accepted = await client.PostAsync("/jobs", Json.Spec("\"limits\":{\"timeoutSeconds\":4}"));

        Assert.Equal(["limits.timeoutSeconds: Must be between 0.1 and 5; it is 6.", "limits.memoryBytes: Must be between 65536 and 1000000; it is 1000001."], await ProblemView.ReadFieldsAsync(refused));
        // What a job does not ask for comes down with it.
        var job = (await accepted.Content.ReadFromJsonAsync<JobView>())!;
        Assert.Equal((4, 1_000_000, 1 << 20), (job.Limits.TimeoutSeconds, job.Limits.MemoryBytes, job.Limits.StdoutBytes));
    }

    [Theory]
    [InlineData("MemoryBytes", "65535", "between 65536 and 4294967296")]
    [InlineData("TimeoutSeconds", "3601", "between 0.1 and 3600")]
    public async Task OneThatIsNoneStopsTheStart(string name, string value, string range)
    {
        var error = await RequesterProcess.FailAsync($"Limits:{name}", value);

        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.Contains(range, error, StringComparison.Ordinal);
    }
}
