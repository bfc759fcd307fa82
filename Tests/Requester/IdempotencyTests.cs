using System.Net;
using System.Net.Http.Json;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class IdempotencyTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private readonly string key = Guid.NewGuid().ToString();

    [RequiresToolFact("redis-server")]
    public async Task TheSameRequestGivesTheSameJob()
    {
        using var first = await PostAsync(Json.Spec("\"env\":{\"A\":\"1\",\"B\":\"2\"},\"stdin\":{\"text\":\"x\"}"), key);
        // In another order, and the content in another form.
        using var second = await PostAsync(Json.Spec("\"stdin\":{\"base64\":\"eA==\"},\"env\":{\"B\":\"2\",\"A\":\"1\"}"), key);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal((await first.Content.ReadFromJsonAsync<JobView>())!.Id, (await second.Content.ReadFromJsonAsync<JobView>())!.Id);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("\"env\":{\"A\":\"2\"}")]
    [InlineData("\"env\":{\"A\":\"1\"},\"name\":\"other\"")]
    [InlineData("\"env\":{\"A\":\"1\"},\"stdin\":{\"text\":\"\"}")]
    public async Task AnotherRequestIsRefused(string other)
    {
        using var first = await PostAsync(Json.Spec("\"env\":{\"A\":\"1\"}"), key);
        using var second = await PostAsync(Json.Spec(other), key);

        var problem = await ProblemView.ReadAsync(second);
        Assert.Equal((422, "urn:wasmaspire:problem:idempotency-conflict"), (problem.Status, problem.Type));
        Assert.Equal($"Another request came with Idempotency-Key '{key}' within the last day. Use a new key for a new request.", problem.Detail);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnotherKeyGivesAnotherJob()
    {
        using var first = await PostAsync(Json.Spec(), key);
        using var second = await PostAsync(Json.Spec(), key + "2");
        using var third = await PostAsync(Json.Spec());
        using var fourth = await PostAsync(Json.Spec());

        HttpResponseMessage[] all = [first, second, third, fourth];
        Assert.Equal(4, all.Select(response => response.Headers.Location).Distinct().Count());
    }

    [RequiresToolFact("redis-server")]
    public async Task ManyAtOnceGiveOneJob()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => PostAsync(Json.Spec(), key)));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        Assert.Single(responses.Select(response => response.Headers.Location!).Distinct());
        Array.ForEach(responses, response => response.Dispose());
    }

    [RequiresToolTheory("redis-server")]
    [InlineData(0)]
    [InlineData(256)]
    public async Task AKeyHas1To255Characters(int length)
    {
        using var response = await PostAsync(Json.Spec(), new string('k', length));

        Assert.Equal(["Idempotency-Key: Must be one text of 1 to 255 characters."], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolFact("redis-server")]
    public async Task OfTwoKeysNoneIsChosen()
    {
        using var connection = await requester.ConnectAsync();
        await connection.SendHeadAsync("POST /jobs HTTP/1.1", "Content-Type: application/json", "Content-Length: 0", "Idempotency-Key: a", "Idempotency-Key: b", "Connection: close");

        Assert.Contains("\"errors\":{\"Idempotency-Key\":[\"Must be one text of 1 to 255 characters.\"]}", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = content };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return requester.Client.SendAsync(request);
    }
}
