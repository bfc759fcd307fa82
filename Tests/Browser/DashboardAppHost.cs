using Aspire.Hosting.Testing;
using WasmAspire.Tests.EndToEnd;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Browser;

/// <summary>The AppHost with its dashboard, on ports of its own: one for all tests of a class.</summary>
public sealed class DashboardAppHost : IAsyncLifetime
{
    /// <summary>What the dashboard asks for.</summary>
    public const string Token = "the-token-of-this-test";

    private StartedAppHost? appHost;

    public Uri Requester => appHost!.Application.GetEndpoint("requester");

    /// <summary>Starts it, unless all tests are skipped.</summary>
    public async Task InitializeAsync()
    {
        if (PackageSwitch.StandInsAreInUse && InstalledTools.ReasonToSkip([Chromium.Executable, "redis-server"]) is null)
        {
            string[] settings = ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
            appHost = await StartedAppHost.StartAsync(
                [.. settings.Select(setting => $"--{setting}=http://localhost:{RedisServer.FreePort()}"), $"--ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN={Token}"],
                disableDashboard: false);

            // So many at once reach both nodes. The traces of a node's first jobs show how it warms up.
            using var requester = new HttpClient { BaseAddress = Requester };
            for (var round = 0; round < 3; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => requester.RunAsync("c/slow_function", new { name = "warm-up" })));
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (appHost is not null)
        {
            await appHost.DisposeAsync();
        }
    }
}
