using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.Requester;

/// <summary>Values of the environment may be secrets: they go to the node and nowhere else.</summary>
public sealed class SecretsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Secret = "hunter2-hunter2";

    [RequiresToolFact("redis-server")]
    public async Task NoAnswerNoLogAndNoSpanTellsAValueOfTheEnvironment()
    {
        using var logs = new RecordingLoggerProvider();
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            // Sampling is left to the requester: a listener's answer would hold for every test in this process.
            ShouldListenTo = source => source.Name is "WasmAspire.Requester" or "Microsoft.AspNetCore",
            ActivityStopped = activity => spans.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} {activity.StatusDescription} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var factory = new RequesterFactory(
            redis.ConnectionString,
            new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" },
            services => services.AddSingleton<ILoggerProvider>(logs));
        using var client = factory.Start();
        var answers = new List<string>();
        foreach (var fields in new[]
        {
            $"\"env\":{{\"A\":\"{Secret}\"}}",
            $"\"env\":{{\"A\":\"{Secret}\\u0000\"}}",
            $"\"env\":{{\"BAGGAGE\":\"{Secret}\"}}",
            $"\"env\":{{\"A\":\"{Secret}\",\"A\":\"{Secret}\"}}",
            $"\"env\":{{\"A\":[\"{Secret}\"]}}",
            $"\"env\":{{\"A\":\"{Secret}\"}},\"name\":\"different\"",
            $"\"env\":{{\"A\":\"{Secret}\"",
            $"\"env\":{{\"A\":\"{Secret}\n\"}}",
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = Json.Spec(fields) };
            request.Headers.Add("Idempotency-Key", "key");
            using var response = await client.SendAsync(request);
            answers.Add($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        var id = JsonDocument.Parse(answers[0][4..]).RootElement.GetProperty("id").GetString();
        answers.Add(await client.GetStringAsync($"/jobs/{id}"));
        answers.Add(await client.GetStringAsync("/jobs"));

        Assert.Equal(["202", "400", "400", "400", "400", "422", "400", "400"], answers.Take(8).Select(answer => answer[..3]));
        Assert.Equal(Secret, new JobQueue(redis.Connection).Claim("node")!.Spec.Env["A"]);
        Assert.Contains(logs.Lines, line => line.Contains(id!, StringComparison.Ordinal));
        Assert.Contains(spans, span => span.Contains(id!, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, string.Join('\n', [.. answers, .. logs.Lines, .. spans]), StringComparison.Ordinal);
    }
}
