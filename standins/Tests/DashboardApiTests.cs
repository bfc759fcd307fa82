extern alias Dashboard;

using System.Net;
using System.Text.Json;
using Dashboard::OpenTelemetry.Proto.Common.V1;
using Dashboard::OpenTelemetry.Proto.Logs.V1;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using Google.Protobuf;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardApiTests : IAsyncLifetime
{
    private const string Instance = "7f6d9c4e-0000-0000-0000-0000aabbccdd";

    private DashboardHost dashboard = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        dashboard = await DashboardHost.StartAsync();
        client = DashboardHost.Client(dashboard.Frontend);
        client.DefaultRequestHeaders.Add("x-api-key", DashboardHost.ApiKey);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await dashboard.DisposeAsync();
    }

    [Fact]
    public async Task SpanIsWrittenAsOtlpJson()
    {
        var span = Span(1, 2, parent: 1, name: "näme \"<b>\"", start: 1.5, duration: 2, isError: true).Of(Dashboard::OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Client).LinkedTo(3, 4);
        span.TraceState = "a=b";
        span.Flags = 1;
        span.Attributes.Add(
        [
            Attribute("string", "text"),
            new() { Key = "int", Value = new() { IntValue = 9007199254740993 } },
            new() { Key = "double", Value = new() { DoubleValue = 0.5 } },
            new() { Key = "nan", Value = new() { DoubleValue = double.NaN } },
            new() { Key = "bool", Value = new() { BoolValue = true } },
            new() { Key = "bytes", Value = new() { BytesValue = ByteString.CopyFrom(1, 2, 255) } },
            new() { Key = "array", Value = new() { ArrayValue = new() { Values = { new AnyValue { IntValue = 1 }, new AnyValue() } } } },
            new() { Key = "map", Value = new() { KvlistValue = new() { Values = { Attribute("k", "v") } } } },
        ]);
        span.Events.Add(new Span.Types.Event { Name = "event", TimeUnixNano = Time(2), Attributes = { Attribute("e", "1") } });
        await dashboard.ExportAsync(From("service", Instance, [span]));

        AssertJson(
            $$$"""
            {"data":{"resourceSpans":[{
              "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"service"}},{"key":"service.instance.id","value":{"stringValue":"{{{Instance}}}"}}]},
              "scopeSpans":[{"scope":{"name":"tests","version":"1.0"},"spans":[{
                "traceId":"{{{TraceId(1)}}}","spanId":"{{{SpanId(2)}}}","traceState":"a=b","parentSpanId":"{{{SpanId(1)}}}","flags":1,"name":"näme \"<b>\"","kind":3,
                "startTimeUnixNano":"{{{Time(1.5)}}}","endTimeUnixNano":"{{{Time(3.5)}}}",
                "attributes":[
                  {"key":"string","value":{"stringValue":"text"}},{"key":"int","value":{"intValue":"9007199254740993"}},{"key":"double","value":{"doubleValue":0.5}},
                  {"key":"nan","value":{"doubleValue":"NaN"}},{"key":"bool","value":{"boolValue":true}},{"key":"bytes","value":{"bytesValue":"AQL/"}},
                  {"key":"array","value":{"arrayValue":{"values":[{"intValue":"1"},{}]} } },
                  {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"} }]} } }],
                "events":[{"timeUnixNano":"{{{Time(2)}}}","name":"event","attributes":[{"key":"e","value":{"stringValue":"1"}}]}],
                "links":[{"traceId":"{{{TraceId(3)}}}","spanId":"{{{SpanId(4)}}}"}],
                "status":{"message":"it failed","code":2}}]}]}]},
             "totalCount":1,"returnedCount":1}
            """,
            await GetAsync("/api/telemetry/spans"));
    }

    [Fact]
    public async Task LogIsWrittenAsOtlpJson()
    {
        var log = Log("half empty", trace: 1, span: 2, time: 3, severity: SeverityNumber.Warn2);
        (log.SeverityText, log.EventName, log.ObservedTimeUnixNano) = ("Warning", "level", Time(4));
        log.Attributes.Add(Attribute("glass", "1"));
        dashboard.Store.Add([LogsFrom("service", log)]);

        AssertJson(
            $$$"""
            {"data":{"resourceLogs":[{
              "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"service"}}]},
              "scopeLogs":[{"scope":{"name":"tests"},"logRecords":[{
                "timeUnixNano":"{{{Time(3)}}}","observedTimeUnixNano":"{{{Time(4)}}}","severityNumber":14,"severityText":"Warning","body":{"stringValue":"half empty"},
                "attributes":[{"key":"glass","value":{"stringValue":"1"}}],"traceId":"{{{TraceId(1)}}}","spanId":"{{{SpanId(2)}}}","eventName":"level"}]}]}]},
             "totalCount":1,"returnedCount":1}
            """,
            await GetAsync("/api/telemetry/logs"));
    }

    [Fact]
    public async Task ResourcesSayWhatTheySent()
    {
        await dashboard.ExportAsync(From("service", Instance, [Span(1, 1)]));
        dashboard.Store.Add([LogsFrom("single", Log("a log"))]);

        AssertJson(
            $$$"""
            [{"name":"service","instanceId":"{{{Instance}}}","displayName":"service-{{{Instance}}}","hasLogs":false,"hasTraces":true,"hasMetrics":false},
             {"name":"single","instanceId":null,"displayName":"single","hasLogs":true,"hasTraces":false,"hasMetrics":false}]
            """,
            await GetAsync("/api/telemetry/resources"));
    }

    [Theory]
    [InlineData("", 4, "a", "b", "c", "d")]
    [InlineData("?limit=2", 4, "c", "d")]
    [InlineData("?resource=api", 2, "a", "c")]
    [InlineData("?resource=API&resource=worker", 4, "a", "b", "c", "d")]
    [InlineData("?resource=worker-7f6d9c4e-0000-0000-0000-0000aabbccdd", 2, "b", "d")]
    [InlineData("?traceId=00000000000000000000000000000002", 2, "c", "d")]
    [InlineData("?hasError=true", 1, "d")]
    [InlineData("?hasError=false&resource=worker", 1, "b")]
    [InlineData("?search=COLOUR%20blue", 1, "b")]
    [InlineData("?search=nothing", 0)]
    public async Task SpansAreFiltered(string query, int total, params string[] names)
    {
        await ExportFourAsync();

        var answer = await GetAsync($"/api/telemetry/spans{query}");

        Assert.Equal(names, Names(answer));
        Assert.Equal((total, names.Length), (answer.GetProperty("totalCount").GetInt32(), answer.GetProperty("returnedCount").GetInt32()));
    }

    [Theory]
    [InlineData("", 2, "a", "b", "c", "d")]
    [InlineData("?limit=1", 2, "c", "d")]
    [InlineData("?hasError=true", 1, "c", "d")]
    [InlineData("?hasError=false", 1, "a", "b")]
    [InlineData("?search=blue", 1, "a", "b")]
    public async Task TracesAreFilteredAsAWhole(string query, int total, params string[] names)
    {
        await ExportFourAsync();

        var answer = await GetAsync($"/api/telemetry/traces{query}");

        Assert.Equal(names, Names(answer));
        Assert.Equal(total, answer.GetProperty("totalCount").GetInt32());
    }

    [Theory]
    [InlineData("", "debug", "info", "error")]
    [InlineData("?severity=trace", "debug", "info", "error")]
    [InlineData("?severity=Information", "info", "error")]
    [InlineData("?severity=error&traceId=00000000000000000000000000000001", "error")]
    [InlineData("?search=in", "info")]
    public async Task LogsAreFiltered(string query, params string[] bodies)
    {
        dashboard.Store.Add([LogsFrom(
            "api",
            Log("error", trace: 1, time: 3, severity: SeverityNumber.Fatal), Log("debug", time: 1, severity: SeverityNumber.Debug), Log("info", time: 2))]);

        var answer = await GetAsync($"/api/telemetry/logs{query}");

        Assert.Equal(bodies, answer.GetProperty("data").GetProperty("resourceLogs").EnumerateArray()
            .SelectMany(resource => resource.GetProperty("scopeLogs").EnumerateArray())
            .SelectMany(scope => scope.GetProperty("logRecords").EnumerateArray())
            .Select(log => log.GetProperty("body").GetProperty("stringValue").GetString()!));
    }

    [Fact]
    public async Task OneTraceHasAllOfItsSpans()
    {
        await ExportFourAsync();

        Assert.Equal(["c", "d"], Names(await GetAsync($"/api/telemetry/traces/{TraceId(2).ToUpperInvariant()}")));
    }

    [Theory]
    [InlineData("/api/telemetry/traces/0af7651916cd43dd8448eb211c80319c", HttpStatusCode.NotFound, "Trace not found")]
    [InlineData("/api/telemetry/spans?resource=nobody", HttpStatusCode.NotFound, "Resource not found")]
    [InlineData("/api/telemetry/logs?resource=nobody", HttpStatusCode.NotFound, "Resource not found")]
    [InlineData("/api/telemetry/traces?resource=nobody", HttpStatusCode.NotFound, "Resource not found")]
    [InlineData("/api/telemetry/nothing", HttpStatusCode.NotFound, "Not Found")]
    [InlineData("/api/telemetry/spans?limit=many", HttpStatusCode.BadRequest, "Bad Request")]
    [InlineData("/api/telemetry/spans?limit=0", HttpStatusCode.BadRequest, "Bad Request")]
    [InlineData("/api/telemetry/spans?hasError=maybe", HttpStatusCode.BadRequest, "Bad Request")]
    [InlineData("/api/telemetry/logs?severity=loud", HttpStatusCode.BadRequest, "Bad Request")]
    [InlineData("/api/telemetry/logs?severity=3&follow=true", HttpStatusCode.BadRequest, "Bad Request")]
    public async Task WhatCannotBeAnsweredIsAProblem(string address, HttpStatusCode status, string title)
    {
        using var answer = await client.GetAsync(address);

        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(title, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task FollowerReadsALineForEachSpanAsItComes()
    {
        await dashboard.ExportAsync(From("service", Span(1, 1, name: "here")));
        using var answer = await client.GetAsync("/api/telemetry/spans?follow=true&search=here", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("here", Name(await lines.ReadLineAsync()));

        await dashboard.ExportAsync(From("service", Span(1, 2, name: "other"), Span(1, 3, name: "here later")));

        Assert.Equal("here later", Name(await lines.ReadLineAsync()));

        static string? Name(string? line) => JsonDocument.Parse(line!).RootElement
            .GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0].GetProperty("name").GetString();
    }

    [Fact]
    public async Task FollowerOfAResourceThatIsNotHereWaitsForIt()
    {
        using var answer = await client.GetAsync("/api/telemetry/logs?follow=true&resource=late&severity=warning", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        dashboard.Store.Add([LogsFrom("late", Log("quiet"), Log("loud", severity: SeverityNumber.Error))]);

        Assert.Contains("\"loud\"", await lines.ReadLineAsync(), StringComparison.Ordinal);
    }

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected).RootElement), JsonSerializer.Serialize(actual));

    private static List<string> Names(JsonElement answer) =>
    [
        .. answer.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
            .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray())
            .SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
            .Select(span => span.GetProperty("name").GetString()!)
            .Order(StringComparer.Ordinal),
    ];

    private async Task ExportFourAsync() => await dashboard.ExportAsync(
        From("api", Span(1, 1, name: "a", start: 0), Span(2, 1, name: "c", start: 20)),
        From("worker", Instance, [Span(1, 2, parent: 1, name: "b", start: 5).With("colour", "Blue"), Span(2, 2, parent: 1, name: "d", start: 25, isError: true)]));

    private async Task<JsonElement> GetAsync(string address)
    {
        using var answer = await client.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
