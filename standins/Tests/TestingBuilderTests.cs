using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace WasmAspire.Tests.StandIns;

public sealed class TestingBuilderTests
{
    [RedisFact]
    public async Task AppHostRunsAsItDoesInItsOwnProcess()
    {
        await using var host = await TestedAppHost.CreateAsync();
        Assert.Equal(["redis", "computenode", "requester"], host.Builder.Resources.Select(r => r.Name));
        Assert.True(host.Builder.Environment.IsDevelopment());
        Assert.Equal(Path.GetFullPath(Projects.AppHost.ProjectPath), Path.GetFullPath(host.Builder.AppHostDirectory));
        Assert.True(host.Builder.ExecutionContext.IsRunMode);

        var app = await host.Builder.BuildAsync(Patience.Token);
        await app.StartAsync(Patience.Token);
        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync("requester", Patience.Token);

        Assert.Equal(HealthStatus.Healthy, healthy.Snapshot.HealthStatus);
        Assert.Equal(HealthStatus.Healthy, healthy.Snapshot.HealthReports.Single(r => r.Name == "requester_http_/health_200_check").Status);
        using var client = app.CreateHttpClient("requester");
        Assert.Equal(client.BaseAddress, app.GetEndpoint("requester", "http"));
        Assert.Equal(client.BaseAddress, new Uri(healthy.Snapshot.Urls.Single().Url));
        using var answer = await client.GetAsync(new Uri("/alive", UriKind.Relative), Patience.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("redis", Patience.Token))!);
        Assert.True(await redis.GetDatabase().PingAsync() > TimeSpan.Zero);
    }

    [RedisFact]
    public async Task ReplicasShareAnEndpoint()
    {
        await using var host = await TestedAppHost.CreateAsync();
        var app = await host.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("computenode", Patience.Token);

        var states = new Dictionary<string, string?>();
        await foreach (var change in app.ResourceNotifications.WatchAsync(Patience.Token))
        {
            if (change.Resource.Name == "computenode")
            {
                states[change.ResourceId] = change.Snapshot.State?.Text;
                if (states.Count == 2 && states.Values.All(s => s == KnownResourceStates.Running))
                {
                    break;
                }
            }
        }

        Assert.False(app.ResourceNotifications.TryGetCurrentState("computenode", out _));
        Assert.True(app.ResourceNotifications.TryGetCurrentState(states.Keys.First(), out var one));
        Assert.Equal(app.GetEndpoint("computenode").AbsoluteUri.TrimEnd('/'), one.Snapshot.Urls.Single().Url);
    }

    [RedisFact]
    public async Task ApplicationsRunSideBySideAndOneAfterTheOther()
    {
        await using (var first = await TestedAppHost.CreateAsync())
        await using (var second = await TestedAppHost.CreateAsync())
        {
            var apps = await Task.WhenAll(first.StartAsync(), second.StartAsync());
            Assert.NotEqual(apps[0].GetEndpoint("requester"), apps[1].GetEndpoint("requester"));
            Assert.NotEqual(await apps[0].GetConnectionStringAsync("redis"), await apps[1].GetConnectionStringAsync("redis"));
            await apps[0].StopAsync(Patience.Token);
            await apps[1].ResourceNotifications.WaitForResourceHealthyAsync("requester", Patience.Token);
        }

        await using var third = await TestedAppHost.CreateAsync();
        await third.StartAsync();
    }

    [RedisFact]
    public async Task StoppedApplicationLeavesNothing()
    {
        var marker = Guid.NewGuid().ToString();
        await using var host = await TestedAppHost.CreateAsync();
        host.Builder.CreateResourceBuilder<ProjectResource>("requester").WithEnvironment("STOP_TEST", marker);
        var app = await host.StartAsync();
        Assert.NotEmpty(ProcFileSystem.FindByEnvironment("STOP_TEST", marker));

        await app.DisposeAsync();

        await Patience.Until(() => ProcFileSystem.FindByEnvironment("STOP_TEST", marker).Count == 0, () => "Processes are left.");
    }

    [RedisFact]
    public async Task DashboardRunsWhereItIsAskedFor()
    {
        await using var host = await TestedAppHost.CreateAsync(dashboard: true);
        var app = await host.StartAsync();

        await app.ResourceNotifications.WaitForResourceHealthyAsync("aspire-dashboard", Patience.Token);

        using var client = app.CreateHttpClient("aspire-dashboard");
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Patience.Token);
        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Matches("^[0-9a-f]{32}$", host.Builder.Configuration["AppHost:BrowserToken"]);
    }

    [Fact]
    public async Task ExceptionOfTheEntryPointReachesTheTest()
    {
        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Redis:Mode=Neither"], Patience.Token));

        Assert.Equal("Redis:Mode is 'Neither'; it must be Local or Container.", e.Message);
    }

    [Fact]
    public async Task AssemblyWithoutAnAppHostIsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<DistributedApplication>(Patience.Token));

    [Fact]
    public async Task EmptyArgumentIsRefused()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["a", ""], Patience.Token));

        Assert.StartsWith("Array params contains empty item: [a, ]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuilderMayBeGivenUp()
    {
        await using var host = await TestedAppHost.CreateAsync(args: "--ConnectionStrings:redis=localhost:1");

        Assert.Equal(["redis", "computenode", "requester"], host.Builder.Resources.Select(r => r.Name));
    }

    [RedisFact]
    public async Task EndpointsAreThereWhenTheApplicationHasStarted()
    {
        await using var host = await TestedAppHost.CreateAsync();
        // Held back by a dependency that is not ready, the application cannot have started.
        host.Builder.CreateResourceBuilder<ProjectResource>("requester").WaitFor(host.Builder.AddExecutable("never", "sleep", "/tmp", "1000").WithHealthCheck("never"));
        host.Builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var app = await host.Builder.BuildAsync(Patience.Token);

        var e = Assert.Throws<InvalidOperationException>(() => app.GetEndpoint("requester"));
        Assert.Equal("The application must be started before resolving endpoints or connection strings.", e.Message);
    }

    [RedisFact]
    public async Task UnknownResourcesAndEndpointsAreNamed()
    {
        await using var host = await TestedAppHost.CreateAsync();
        var app = await host.StartAsync();

        Assert.StartsWith("Resource 'nobody' not found.", Assert.Throws<ArgumentException>(() => app.GetEndpoint("nobody")).Message, StringComparison.Ordinal);
        Assert.StartsWith("Endpoint 'ftp' for resource 'requester' not found.", Assert.Throws<ArgumentException>(() => app.GetEndpoint("requester", "ftp")).Message, StringComparison.Ordinal);
        var e = await Assert.ThrowsAsync<ArgumentException>(async () => await app.GetConnectionStringAsync("requester"));
        Assert.StartsWith("Resource 'requester' does not expose a connection string.", e.Message, StringComparison.Ordinal);
    }
}
