using System.Net;
using System.Text.RegularExpressions;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed partial class BrowserDefencesTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [RequiresToolTheory("redis-server")]
    [InlineData("Origin", "http://evil.example", "http://evil.example")]
    [InlineData("Origin", "null", "null")]
    [InlineData("Origin", "http://localhost:1", "http://localhost:1")]
    [InlineData("Origin", "http://localhost.evil.example", "http://localhost.evil.example")]
    [InlineData("Origin", "not an origin", "not an origin")]
    [InlineData("Sec-Fetch-Site", "cross-site", "another site")]
    public async Task APageOfOthersMayNotChangeAnything(string header, string value, string origin)
    {
        foreach (var path in new[] { "/jobs", "/modules" })
        {
            using var response = await SendAsync(HttpMethod.Post, path, header, value);

            var problem = await ProblemView.ReadAsync(response);
            Assert.Equal((403, "urn:wasmaspire:problem:foreign-origin"), (problem.Status, problem.Type));
            Assert.Equal($"The request comes from a web page of {origin}; only pages of this host may change anything.", problem.Detail);
        }
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://HOST")]
    public async Task APageOfOursMay(string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Post, "/jobs", header, value.Replace("HOST", requester.Client.BaseAddress!.Authority, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnyPageMayAskButNoneOfOthersMayRead()
    {
        using var response = await SendAsync(HttpMethod.Get, "/jobs", "Origin", "http://evil.example");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:80")]
    [InlineData("169.254.169.254")]
    public async Task AHostThatIsNotOursIsRefused(string host)
    {
        foreach (var path in new[] { "/", "/app.js", "/jobs", "/jobs/events", "/openapi/v1.json", "/nothing", "/health/x" })
        {
            using var response = await SendAsync(HttpMethod.Get, path, "Host", host);

            var problem = await ProblemView.ReadAsync(response);
            Assert.Equal((400, "urn:wasmaspire:problem:foreign-host"), (problem.Status, problem.Type));
            Assert.Equal($"The Host header names '{host.Split(':')[0]}', which is not in AllowedHosts: call the requester by one of those, or add this one.", problem.Detail);
        }
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task HealthIsToldToAnyHost(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, "Host", "10.0.0.7:8080");

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:1234")]
    [InlineData("[::1]:1234")]
    public async Task LoopbackIsOurs(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, "/jobs", "Host", host);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [RequiresToolFact("redis-server")]
    public async Task ThePublishedServiceMayTakeAnyHost()
    {
        await using var factory = new RequesterFactory(requester.Redis.ConnectionString, new Dictionary<string, string> { ["AllowedHosts"] = "*" });
        using var client = factory.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs") { Headers = { Host = "jobs.example" } };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/app.js", 200)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/alive", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/jobs", 200)]
    [InlineData("GET", "/jobs/x", 404)]
    [InlineData("GET", "/jobs?limit=x", 400)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/../appsettings.json", 404)]
    [InlineData("DELETE", "/jobs", 405)]
    [InlineData("HEAD", "/jobs", 405)]
    [InlineData("OPTIONS", "/jobs", 405)]
    [InlineData("POST", "/jobs", 202)]
    [InlineData("POST", "/modules", 415)]
    [InlineData("POST", "/jobs/x", 405)]
    public async Task EveryAnswerHasTheHeadersThatBindABrowser(string method, string path, int status)
    {
        // A browser's Accept: errors are problems all the same.
        using var response = await SendAsync(new HttpMethod(method), path, "Accept", "text/html");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], response.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.False(response.Headers.Contains("Server"));
        if (status >= 400 && method != "HEAD")
        {
            await ProblemView.ReadAsync(response);
        }
    }

    [RequiresToolFact("redis-server")]
    public async Task ThePageKeepsItsOwnPolicy()
    {
        var page = await requester.Client.GetStringAsync("/");
        var script = await requester.Client.GetStringAsync("/app.js");

        Assert.Contains("<form id=\"submit\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(InlineCode(), page);
        Assert.DoesNotMatch(MarkupSink(), script);
    }

    // What the policy forbids, or what would make markup of a job's name or output.
    [GeneratedRegex("<script(?![^>]*\\bsrc=)|<style|\\son\\w+=|\\sstyle=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|setHTMLUnsafe|createContextualFragment|srcdoc|\\beval\\b|new Function")]
    private static partial Regex MarkupSink();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(header, value);
        if (method == HttpMethod.Post)
        {
            request.Content = Json.Spec();
        }

        return await requester.Client.SendAsync(request);
    }
}
