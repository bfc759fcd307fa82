using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace WasmAspire.Tests.StandIns;

/// <summary>What the AppHost's projects find in their environment, read from the running processes.</summary>
public sealed class EnvironmentContractTests
{
    private static readonly string[] Keys = ["AppHost:OtlpApiKey", "AppHost:DashboardApiKey", "AppHost:BrowserToken"];

    private readonly string marker = Guid.NewGuid().ToString();

    [RedisFact]
    public async Task ProjectGetsWhatAspireGivesIt()
    {
        await using var host = await TestedAppHost.CreateAsync(telemetry: true);
        var app = await StartAsync(host);
        var connectionString = await app.GetConnectionStringAsync("redis");

        var requester = Single(Processes("requester"));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = requester["ASPNETCORE_URLS"],
                ["ConnectionStrings__redis"] = connectionString!,
                ["DOTNET_LAUNCH_PROFILE"] = "http",
                ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
                ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true",
                ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true",
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["OTEL_RESOURCE_ATTRIBUTES"] = requester["OTEL_RESOURCE_ATTRIBUTES"],
                ["OTEL_SERVICE_NAME"] = "requester",
                ["OTEL_TRACES_SAMPLER"] = "always_on",
            },
            Given(requester));
        Assert.Matches("^http://localhost:[0-9]+$", requester["ASPNETCORE_URLS"]);
        Assert.NotEqual(app.GetEndpoint("requester").Port, new Uri(requester["ASPNETCORE_URLS"]).Port);
    }

    [RedisFact]
    public async Task ReplicasHavePortsAndInstanceIdsOfTheirOwn()
    {
        await using var host = await TestedAppHost.CreateAsync();
        var app = await StartAsync(host);

        var nodes = Processes("computenode");
        Assert.Equal(2, nodes.Count);
        Assert.Equal(2, nodes.Select(n => n["ASPNETCORE_URLS"]).Distinct().Count());
        Assert.All(nodes, node => Assert.Equal("computenode", node["OTEL_SERVICE_NAME"]));
        var instances = nodes.Select(n => Regex.Match(n["OTEL_RESOURCE_ATTRIBUTES"], "^service\\.instance\\.id=([a-z]{8})$").Groups[1].Value).ToArray();
        Assert.All(instances, instance => Assert.True(app.ResourceNotifications.TryGetCurrentState($"computenode-{instance}", out _)));
        Assert.Equal(2, instances.Distinct().Count());
    }

    [RedisFact]
    public async Task DashboardsKeysReachThoseWhoNeedThem()
    {
        await using var host = await TestedAppHost.CreateAsync(dashboard: true);
        var app = await StartAsync(host);
        var configuration = host.Builder.Configuration;

        var requester = Single(Processes("requester"));
        Assert.Equal($"x-otlp-api-key={configuration["AppHost:OtlpApiKey"]}", requester["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal(app.GetEndpoint("aspire-dashboard", "otlp-grpc").GetLeftPart(UriPartial.Authority), requester["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var dashboard = FindDashboard(configuration["AppHost:BrowserToken"]!);
        Assert.Equal("BrowserToken", dashboard["DASHBOARD__FRONTEND__AUTHMODE"]);
        Assert.Equal("ApiKey", dashboard["DASHBOARD__OTLP__AUTHMODE"]);
        Assert.Equal(configuration["AppHost:OtlpApiKey"], dashboard["DASHBOARD__OTLP__PRIMARYAPIKEY"]);
        Assert.Equal("ApiKey", dashboard["DASHBOARD__API__AUTHMODE"]);
        Assert.Equal(configuration["AppHost:DashboardApiKey"], dashboard["DASHBOARD__API__PRIMARYAPIKEY"]);
        Assert.Equal(app.GetEndpoint("aspire-dashboard").GetLeftPart(UriPartial.Authority), dashboard["ASPNETCORE_URLS"]);
        Assert.Equal(app.GetEndpoint("aspire-dashboard", "otlp-grpc").GetLeftPart(UriPartial.Authority), dashboard["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]);
        Assert.Equal(app.GetEndpoint("aspire-dashboard", "otlp-http").GetLeftPart(UriPartial.Authority), dashboard["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]);
        Assert.Equal("Development", dashboard["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal(3, Keys.Select(key => configuration[key]).Distinct().Count());
    }

    [RedisFact]
    public async Task OpenDashboardNeedsNoKeys()
    {
        await using var host = await TestedAppHost.CreateAsync(dashboard: true, args: ["--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true", $"--ASPIRE_DASHBOARD_TEST={marker}"]);
        await StartAsync(host);

        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_HEADERS", Single(Processes("requester")).Keys);
        var dashboard = ProcFileSystem.FindByEnvironment("ASPIRE_DASHBOARD_TEST", marker).Select(ProcFileSystem.ReadEnvironment).First();
        foreach (var part in (string[])["FRONTEND", "OTLP", "API"])
        {
            Assert.Equal("Unsecured", dashboard[$"DASHBOARD__{part}__AUTHMODE"]);
        }

        Assert.DoesNotContain(dashboard.Keys, name => name.EndsWith("APIKEY", StringComparison.Ordinal) || name.EndsWith("BROWSERTOKEN", StringComparison.Ordinal));
    }

    [RedisFact]
    public async Task FixedPortOfTheFrontendIsKeptAndToldToTheRequester()
    {
        var port = Aspire.Hosting.Orchestrator.LoopbackPort.FindFree();
        await using var host = await TestedAppHost.CreateAsync(dashboard: true);
        host.Builder.Configuration["ASPNETCORE_URLS"] = $"http://localhost:{port}";
        var app = await StartAsync(host);

        Assert.Equal(port, app.GetEndpoint("aspire-dashboard").Port);
        Assert.Equal($"http://localhost:{port}/", Single(Processes("requester"))["Dashboard__Url"]);
    }

    [RedisFact]
    public async Task ReferencedProjectIsFoundByItsName()
    {
        await using var host = await TestedAppHost.CreateAsync();
        host.Builder.CreateResourceBuilder<ProjectResource>("requester")
            .WithReference(host.Builder.CreateResourceBuilder<ProjectResource>("computenode"));
        var app = await StartAsync(host);

        var url = app.GetEndpoint("computenode").GetLeftPart(UriPartial.Authority);
        var requester = Single(Processes("requester"));
        Assert.Equal(url, requester["services__computenode__http__0"]);
        Assert.Equal(url, requester["COMPUTENODE_HTTP"]);
    }

    [RedisFact]
    public async Task TestsOwnVariablesWin()
    {
        await using var host = await TestedAppHost.CreateAsync();
        host.Builder.CreateResourceBuilder<ProjectResource>("requester").WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1");
        await StartAsync(host);

        Assert.Equal("http://localhost:1", Single(Processes("requester"))["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    }

    private async Task<DistributedApplication> StartAsync(TestedAppHost host)
    {
        foreach (var name in (string[])["requester", "computenode"])
        {
            host.Builder.CreateResourceBuilder<ProjectResource>(name).WithEnvironment("CONTRACT_TEST", $"{name} {marker}");
        }

        var app = await host.StartAsync();
        // Started is the guard; the program is there a moment later.
        await Patience.Until(() => Processes("requester").Count == 1 && Processes("computenode").Count == 2, () => "The projects' processes are not there.");
        return app;
    }

    private static IReadOnlyDictionary<string, string> Single(IEnumerable<IReadOnlyDictionary<string, string>> processes) => Assert.Single(processes);

    /// <summary>The environments of a resource's own processes, its guards left out.</summary>
    private IReadOnlyList<IReadOnlyDictionary<string, string>> Processes(string name) =>
        [.. ProcFileSystem.FindByEnvironment("CONTRACT_TEST", $"{name} {marker}")
            .Where(pid => ProcFileSystem.ReadCommandLine(pid) is [var program, ..] && program.EndsWith("dotnet", StringComparison.Ordinal))
            .Select(ProcFileSystem.ReadEnvironment)];

    private static IReadOnlyDictionary<string, string> FindDashboard(string token) =>
        ProcFileSystem.FindByEnvironment("DASHBOARD__FRONTEND__BROWSERTOKEN", token).Select(ProcFileSystem.ReadEnvironment).First();

    /// <summary>What the process has besides the test's own environment and what the shell adds.</summary>
    private static Dictionary<string, string> Given(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(v => v.Key is not ("CONTRACT_TEST" or "PWD" or "OLDPWD" or "SHLVL" or "_") && Environment.GetEnvironmentVariable(v.Key) != v.Value).ToDictionary();
}
