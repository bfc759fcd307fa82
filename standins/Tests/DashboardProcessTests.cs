extern alias Dashboard;

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dashboard::Aspire.Dashboard;

namespace WasmAspire.Tests.StandIns;

/// <summary>The built program, started as the AppHost starts it.</summary>
public sealed class DashboardProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? started;

    public void Dispose()
    {
        if (started is { HasExited: false })
        {
            started.Kill();
        }
        started?.Dispose();
    }

    [Fact]
    public async Task TellsWhereItIsAndStopsAtOnceOnSigterm()
    {
        var process = Start(new() { ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = "a token", ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = "o", ["DASHBOARD__API__PRIMARYAPIKEY"] = "a" });
        var lines = new List<string>();
        for (var line = 0; line < 4; line++)
        {
            lines.Add((await process.StandardOutput.ReadLineAsync().WaitAsync(Patience))!);
        }
        Assert.Matches(@"^Now listening on: http://127\.0\.0\.1:\d+$", lines[0]);
        Assert.Matches(@"^OTLP/gRPC listening on: http://127\.0\.0\.1:\d+$", lines[1]);
        Assert.Matches(@"^OTLP/HTTP listening on: http://127\.0\.0\.1:\d+$", lines[2]);
        Assert.Matches(@"^Login to the dashboard at http://127\.0\.0\.1:\d+/login\?t=a%20token$", lines[3]);

        // a browser's connection stays open, and a follower's answer has no end
        using var client = new HttpClient { BaseAddress = new(lines[0].Split(' ')[^1]) };
        client.DefaultRequestHeaders.Add("x-api-key", "a");
        using var follower = await client.GetAsync("/api/telemetry/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        // a host waits 30 s for its connections unless it is told otherwise
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")]
    public async Task TakenPortIsOneLineAndExitCodeOne(string variable)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var process = Start(new() { ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true", [variable] = $"http://localhost:{port}" });
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(1, process.ExitCode);
        var line = Assert.Single((await process.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"The dashboard cannot start. Failed to bind to address http://127.0.0.1:{port}: address already in use. ", line, StringComparison.Ordinal);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task MissingKeyIsOneLineAndExitCodeOne()
    {
        var process = Start([]);
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(1, process.ExitCode);
        Assert.Equal(
            "The dashboard cannot start. DASHBOARD__FRONTEND__BROWSERTOKEN is not set. Set it, or set DASHBOARD__FRONTEND__AUTHMODE=Unsecured "
            + "(or ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true for all doors) to let anyone in.\n",
            await process.StandardError.ReadToEndAsync());
    }

    private Process Start(Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(name => name.Contains("DASHBOARD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }
        foreach (var variable in new[] { "ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL" })
        {
            start.Environment[variable] = "http://localhost:0";
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return started = Process.Start(start)!;
    }

    /// <summary>Beside the tests: the copy that the project reference makes, with its own runtimeconfig.json.</summary>
    private static string Program() => typeof(DashboardApplication).Assembly.Location;
}
