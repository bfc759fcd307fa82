extern alias Dashboard;

using System.Net;
using Dashboard::Aspire.Dashboard.Configuration;
using Dashboard::Aspire.Dashboard.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardAccessTests : IAsyncLifetime
{
    private DashboardHost dashboard = null!;

    public async Task InitializeAsync() => dashboard = await DashboardHost.StartAsync();

    public async Task DisposeAsync() => await dashboard.DisposeAsync();

    [Theory]
    [InlineData("/", "%2F")]
    [InlineData("/traces", "%2Ftraces")]
    [InlineData("/traces/detail/0af7651916cd43dd8448eb211c80319c?spanId=1", "%2Ftraces%2Fdetail%2F0af7651916cd43dd8448eb211c80319c%3FspanId%3D1")]
    [InlineData("/no/such/page", "%2Fno%2Fsuch%2Fpage")]
    public async Task PageWithoutSigningInLeadsToTheSignInPage(string page, string returnUrl)
    {
        using var answer = await GetAsync(page);

        Assert.Equal((HttpStatusCode.Redirect, $"/login?returnUrl={returnUrl}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/traces/rows")]
    [InlineData("/traces/detail/0af7651916cd43dd8448eb211c80319c/waterfall")]
    [InlineData("/traces/detail/0af7651916cd43dd8448eb211c80319c/spans/b7ad6b7169203331")]
    public async Task ScriptOfAPageWithoutSigningInIsToldSo(string address)
    {
        using var answer = await GetAsync(address);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task TokenInTheAddressSignsInAndLeadsBack()
    {
        using var signedIn = await GetAsync($"/login?t={DashboardHost.Token}&returnUrl=%2Ftraces%3Ferrors%3Don");
        Assert.Equal((HttpStatusCode.Redirect, "/traces?errors=on"), (signedIn.StatusCode, signedIn.Headers.Location!.OriginalString));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(DashboardHost.Token, cookie, StringComparison.Ordinal);

        using var page = await GetAsync("/traces", cookie);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task FormSignsInWithTheTokenAlone()
    {
        using var client = DashboardHost.Client(dashboard.Frontend);
        using var wrong = await client.PostAsync("/login", new FormUrlEncodedContent([new("t", "guess"), new("returnUrl", "/traces")]));
        Assert.Equal((HttpStatusCode.Unauthorized, false), (wrong.StatusCode, wrong.Headers.Contains("Set-Cookie")));
        Assert.Contains("That is not the token", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var right = await client.PostAsync("/login", new FormUrlEncodedContent([new("t", DashboardHost.Token), new("returnUrl", "/traces?text=a")]));
        Assert.Equal((HttpStatusCode.Redirect, "/traces?text=a"), (right.StatusCode, right.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\/evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task SignInNeverLeadsElsewhere(string returnUrl)
    {
        using var answer = await GetAsync($"/login?t={DashboardHost.Token}&returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("browser-toke")]
    [InlineData("browser-token-and-more")]
    public async Task WrongTokenInTheAddressShowsTheForm(string token)
    {
        using var answer = await GetAsync($"/login?t={token}");

        Assert.Equal((HttpStatusCode.Unauthorized, false), (answer.StatusCode, answer.Headers.Contains("Set-Cookie")));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData(DashboardHost.Token, HttpStatusCode.Unauthorized)]
    [InlineData(DashboardHost.ApiKey, HttpStatusCode.OK)]
    public async Task RestAsksForItsOwnKey(string? key, HttpStatusCode expected)
    {
        using var client = DashboardHost.Client(dashboard.Frontend);
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-api-key", key);
        }

        using var answer = await client.GetAsync("/api/telemetry/resources");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task CookieDoesNotServeForRest()
    {
        using var signedIn = await GetAsync($"/login?t={DashboardHost.Token}");

        using var answer = await GetAsync("/api/telemetry/resources", signedIn.Headers.GetValues("Set-Cookie").Single());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData(DashboardHost.ApiKey)]
    public async Task OtlpAsksForItsKeyOnBothDoors(string? key)
    {
        using var channel = GrpcChannel.ForAddress(dashboard.OtlpGrpc);
        var refused = await Assert.ThrowsAsync<RpcException>(() => DashboardHost.ExportAsync(channel, new() { ResourceSpans = { From("service", Span(1, 1)) } }, key));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);

        using var client = DashboardHost.Client(dashboard.OtlpHttp);
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-otlp-api-key", key);
        }
        using var answer = await client.PostAsync("/v1/traces", DashboardHost.Protobuf([]));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(dashboard.Store.Resources);
    }

    [Fact]
    public async Task WhatIsBehindOneDoorIsNotBehindAnother()
    {
        await using var open = await DashboardHost.StartOpenAsync();
        using var frontend = DashboardHost.Client(open.Frontend);
        using var otlp = DashboardHost.Client(open.OtlpHttp);

        using var otlpAtFrontend = await frontend.PostAsync("/v1/traces", DashboardHost.Protobuf([]));
        using var pageAtOtlp = await otlp.GetAsync("/traces");
        using var restAtOtlp = await otlp.GetAsync("/api/telemetry/resources");
        using var grpcAtOtlpHttp = await otlp.PostAsync("/opentelemetry.proto.collector.trace.v1.TraceService/Export", DashboardHost.Protobuf([]));

        Assert.False(otlpAtFrontend.IsSuccessStatusCode);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (pageAtOtlp.StatusCode, restAtOtlp.StatusCode, grpcAtOtlpHttp.StatusCode));
    }

    [Fact]
    public async Task AllDoorsOpenWhereAnonymousIsAllowed()
    {
        await using var open = await DashboardHost.StartOpenAsync();
        using var client = DashboardHost.Client(open.Frontend);
        using var channel = GrpcChannel.ForAddress(open.OtlpGrpc);

        using var page = await client.GetAsync("/traces");
        using var rest = await client.GetAsync("/api/telemetry/resources");
        using var signIn = await client.GetAsync("/login?returnUrl=%2Ftraces");
        await DashboardHost.ExportAsync(channel, new() { ResourceSpans = { From("service", Span(1, 1)) } }, key: null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Redirect), (page.StatusCode, rest.StatusCode, signIn.StatusCode));
        Assert.NotNull(open.Store.Trace(TraceId(1)));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("wasmaspire.dev.localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("192.168.0.10", HttpStatusCode.BadRequest)]
    public async Task LoopbackFrontendAnswersToLoopbacksNamesAlone(string host, HttpStatusCode expected)
    {
        using var client = DashboardHost.Client(dashboard.Frontend);
        client.DefaultRequestHeaders.Host = host;

        using var answer = await client.GetAsync("/login");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/traces")]
    [InlineData("/assets/traces.js")]
    public async Task BrowserIsToldWhatNotToDo(string address)
    {
        using var answer = await GetAsync(address);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("FRONTEND:AUTHMODE", "None", "DASHBOARD__FRONTEND__AUTHMODE is 'None'. Give BrowserToken or Unsecured.")]
    [InlineData("FRONTEND:BROWSERTOKEN", "", "DASHBOARD__FRONTEND__BROWSERTOKEN is not set.")]
    [InlineData("OTLP:PRIMARYAPIKEY", null, "DASHBOARD__OTLP__PRIMARYAPIKEY is not set.")]
    [InlineData("API:PRIMARYAPIKEY", null, "DASHBOARD__API__PRIMARYAPIKEY is not set.")]
    public void DoorWithoutItsKeyStopsTheStart(string name, string? value, string expected)
    {
        var environment = Keys();
        environment[$"DASHBOARD:{name}"] = value;

        Assert.StartsWith(expected, Assert.Throws<DashboardStartException>(() => Options(environment)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://localhost:1", "this dashboard speaks plain http only")]
    [InlineData("https://localhost:1", "this dashboard speaks plain http only")]
    [InlineData("localhost", "which is not a URL")]
    [InlineData("http://localhost:banana", "neither localhost nor an IP address")]
    [InlineData("http://example.com:80", "neither localhost nor an IP address")]
    public void AddressThatCannotBeListenedOnStopsTheStart(string url, string expected)
    {
        var environment = Keys();
        environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = url;

        var message = Assert.Throws<DashboardStartException>(() => Options(environment)).Message;

        Assert.StartsWith($"ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL is '{url}', ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardAddressesAreAspiresOnLoopback()
    {
        var endpoints = Options(Keys()).Endpoints;

        Assert.Equal([(Door.Frontend, 18888), (Door.OtlpGrpc, 18889), (Door.OtlpHttp, 18890)], endpoints.Select(endpoint => (endpoint.Door, endpoint.Port)));
        Assert.All(endpoints, endpoint => Assert.True(endpoint.IsLoopback));
    }

    [Fact]
    public void UnsecuredModeOpensItsDoorAlone()
    {
        var environment = Keys();
        environment["DASHBOARD:OTLP:AUTHMODE"] = "Unsecured";

        var options = Options(environment);

        Assert.Equal((false, true, false), (options.BrowserToken.Admits("x"), options.OtlpKey.Admits("x"), options.ApiKey.Admits("x")));
    }

    [Fact]
    public void KeyAdmitsItselfAndItsSessionItsOwn()
    {
        var key = AccessKey.Of("key");

        Assert.Equal((true, false, false), (key.Admits("key"), key.Admits(key.Session), key.Admits(null)));
        Assert.Equal((true, false, false), (key.AdmitsSession(key.Session), key.AdmitsSession("key"), key.AdmitsSession(AccessKey.Of("other").Session)));
    }

    private static Dictionary<string, string?> Keys() => new()
    {
        ["DASHBOARD:FRONTEND:BROWSERTOKEN"] = "token",
        ["DASHBOARD:OTLP:PRIMARYAPIKEY"] = "otlp",
        ["DASHBOARD:API:PRIMARYAPIKEY"] = "api",
    };

    private static DashboardOptions Options(Dictionary<string, string?> environment) =>
        DashboardOptions.From(new ConfigurationBuilder().AddInMemoryCollection(environment).Build());

    private async Task<HttpResponseMessage> GetAsync(string address, string? setCookie = null)
    {
        using var client = DashboardHost.Client(dashboard.Frontend);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (setCookie is not null)
        {
            request.Headers.Add("Cookie", setCookie.Split(';')[0]);
        }
        return await client.SendAsync(request);
    }
}
