extern alias Dashboard;

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dashboard::Aspire.Dashboard.Pages;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed partial class DashboardPagesTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";

    private DashboardHost dashboard = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        dashboard = await DashboardHost.StartOpenAsync();
        client = DashboardHost.Client(dashboard.Frontend);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await dashboard.DisposeAsync();
    }

    [Fact]
    public async Task HomeIsTheListOfTraces()
    {
        using var answer = await client.GetAsync("/");

        Assert.Equal((HttpStatusCode.Redirect, "/traces"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task EmptyListSaysWhatToDo()
    {
        Assert.Contains("No traces yet", await GetAsync("/traces"), StringComparison.Ordinal);
        Assert.Contains("No trace fits these filters", await GetAsync("/traces?text=anything"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 4, 3, 2, 1)]
    [InlineData("?text=checkout", 2)]
    [InlineData("?text=order.id%2042", 3)]
    [InlineData("?text=00000000000000000000000000000004", 4)]
    [InlineData("?resource=worker", 4, 3)]
    [InlineData("?resource=worker-aabbccdd", 3)]
    [InlineData("?errors=on", 4)]
    [InlineData("?duration=100", 3, 1)]
    [InlineData("?duration=100&resource=worker", 3)]
    [InlineData("?duration=soon&show=all", 4, 3, 2, 1)]
    public async Task ListIsNewestFirstAndFiltered(string query, params int[] traces)
    {
        await dashboard.ExportAsync(
            From("api", Span(1, 1, name: "GET /", start: 1, duration: 150), Span(2, 1, name: "checkout", start: 2), Span(3, 1, name: "POST /", start: 3, duration: 100), Span(4, 1, start: 4)),
            From("worker", "7f6d9c4e-0000-0000-0000-0000aabbccdd", [Span(3, 2, parent: 1, start: 5).With("order.id", "42")]),
            From("worker", "7f6d9c4e-0000-0000-0000-000011223344", [Span(4, 2, parent: 1, start: 5, isError: true)]));

        var page = await GetAsync($"/traces{query}");

        Assert.Equal(traces.Select(TraceId), TraceRow().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task ListShowsAHundredAndThenMore()
    {
        await dashboard.ExportAsync(From("service", Enumerable.Range(1, 130).Select(trace => Span(trace, 1, start: trace))));

        var page = await GetAsync("/traces?text=operation");
        Assert.Equal(100, TraceRow().Count(page));
        Assert.Contains("""href="/traces?text=operation&amp;show=200" data-testid="more">Show 30 more<""", page, StringComparison.Ordinal);
        Assert.Equal(130, TraceRow().Count(await GetAsync("/traces?text=operation&show=200")));
    }

    [Fact]
    public async Task RowsAreSentAgainWhenSomethingIsNew()
    {
        await dashboard.ExportAsync(From("service", Span(1, 1)));
        using var first = await client.GetAsync("/traces/rows");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, await AgainAsync("/traces/rows", first.Headers.ETag!)));

        await dashboard.ExportAsync(From("service", Span(1, 2)));

        Assert.Equal(HttpStatusCode.OK, await AgainAsync("/traces/rows", first.Headers.ETag!));
    }

    [Fact]
    public async Task WaterfallIsSentAgainWhenItsTraceHasGrown()
    {
        await dashboard.ExportAsync(From("service", Span(1, 1)));
        var address = $"/traces/detail/{TraceId(1)}/waterfall";
        using var first = await client.GetAsync(address);
        await dashboard.ExportAsync(From("service", Span(2, 1)));
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(address, first.Headers.ETag!));

        dashboard.Store.Add([LogsFrom("service", Log("a log", trace: 1, span: 1))]);

        Assert.Equal(HttpStatusCode.OK, await AgainAsync(address, first.Headers.ETag!));
    }

    [Fact]
    public async Task UnknownTraceIsWaitedForAndNoError()
    {
        using var page = await client.GetAsync($"/traces/detail/{TraceId(1)}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Waiting for this trace", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Rows(await GetAsync($"/traces/detail/{TraceId(1)}/waterfall")));
    }

    [Theory]
    [InlineData("/traces/detail/abc")]
    [InlineData("/traces/detail/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/no/such/page")]
    [InlineData("/assets/no-such-file.js")]
    [InlineData("/assets/Program.cs")]
    [InlineData("/traces/detail/00000000000000000000000000000001/spans/0000000000000001")]
    public async Task WhatIsNotThereIsNotFound(string address)
    {
        using var answer = await client.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostileTextStaysText()
    {
        var span = Span(1, 1, name: Hostile, isError: true).With(Hostile, Hostile).LinkedTo(2, 1);
        span.Status.Message = span.TraceState = Hostile;
        span.Events.Add(new Span.Types.Event { Name = Hostile, Attributes = { Attribute(Hostile, Hostile) } });
        var log = Log(Hostile, trace: 1, span: 1);
        log.Attributes.Add(Attribute(Hostile, Hostile));
        await dashboard.ExportAsync(From(Hostile, Hostile, [span, Span(2, 1, name: Hostile)]), From(Hostile, "other", [Span(1, 2, parent: 1)]));
        dashboard.Store.Add([LogsFrom(Hostile, log)]);

        foreach (var address in new[]
        {
            "/traces", "/traces/rows", $"/traces?text={Uri.EscapeDataString(Hostile)}&resource={Uri.EscapeDataString(Hostile)}",
            $"/traces/detail/{TraceId(1)}", $"/traces/detail/{TraceId(1)}/spans/{SpanId(1)}", $"/login?returnUrl=/{Uri.EscapeDataString(Hostile)}",
        })
        {
            var markup = await GetAsync(address);
            Assert.DoesNotContain("<script>", markup, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", markup, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(Hostile, Rows(await GetAsync($"/traces/detail/{TraceId(1)}/waterfall"))[0].GetProperty("name").GetString());
    }

    [Fact]
    public void OnlyMarkupIsNotEncoded() => Assert.Equal(
        "<b>&lt;i&gt; &quot;&#x27;&amp; 7</b>",
        Html.Of($"<b>{"<i>"} {Html.Of($"{"\"'&"}")} {7}</b>{(string?)null}{Html.None}").ToString());

    [Fact]
    public async Task PageHasNoScriptOrStyleInItsMarkup()
    {
        await dashboard.ExportAsync(From("service", Span(1, 1)));

        foreach (var address in new[] { "/traces", $"/traces/detail/{TraceId(1)}", "/no/such/page" })
        {
            using var answer = await client.GetAsync(address);
            Assert.DoesNotMatch(InlineCode(), await answer.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex("""data-testid="trace-row" data-trace-id="([0-9a-f]{32})""")]
    private static partial Regex TraceRow();

    [GeneratedRegex("""<script(?! type="module" src="/assets/)|<style| style=| on[a-z]+=""")]
    private static partial Regex InlineCode();

    private static List<JsonElement> Rows(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("rows").EnumerateArray()];

    private async Task<string> GetAsync(string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> AgainAsync(string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
