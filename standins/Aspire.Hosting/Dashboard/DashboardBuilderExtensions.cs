using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Orchestrator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardBuilderExtensions
{
    private const string ProjectFile = "Aspire.Dashboard.csproj";
    private const string FrontendUrls = "ASPNETCORE_URLS";

    /// <summary>Adds the dashboard's process. It listens where the AppHost's own settings say, without a proxy between.</summary>
    public static void AddDashboard(this DistributedApplicationBuilder builder)
    {
        var program = builder.Project.FindTargetByFileName(ProjectFile)
            ?? throw new DistributedApplicationException("The AppHost's assembly does not say where the dashboard is: it was built without standins/Aspire.AppHost.Sdk. Set DisableDashboard, or build the AppHost with UseStandIns=true.");
        var dashboard = new DashboardResource(ProgramPath.Dotnet, Path.GetDirectoryName(program)!);
        builder.Resources.Add(dashboard);
        var resource = builder.CreateResourceBuilder(dashboard)
            .WithArgs(program)
            .WithEnvironment(context => DashboardEnvironment.Set(context.EnvironmentVariables, builder.Configuration, dashboard));
        AddEndpoints(builder.Configuration, dashboard);

        const string Check = $"{DashboardResource.ResourceName}_check";
        var frontend = new EndpointReference(dashboard, dashboard.GetEndpoints()[0].Name);
        builder.Services.AddHealthChecks().Add(new(Check, new ListeningHealthCheck(frontend), HealthStatus.Unhealthy, tags: null));
        resource.WithHealthCheck(Check);
        builder.Eventing.Subscribe<ResourceReadyEvent>(dashboard, (ready, _) =>
        {
            Announce(ready.Services.GetRequiredService<ILogger<DistributedApplication>>(), frontend.Url, builder.Configuration[DashboardKeys.BrowserToken]);
            return Task.CompletedTask;
        });
    }

    private static void AddEndpoints(ConfigurationManager configuration, DashboardResource dashboard)
    {
        var anyPort = ListeningUrls.Parse("http://localhost:0", "the stand-in");
        Add(Read(FrontendUrls), FrontendUrls);

        // Tests run side by side; what a test sets for the frontend it has chosen for itself.
        var randomizePorts = configuration.IsTrue("DcpPublisher:RandomizePorts");
        AddOtlp(DashboardEnvironment.OtlpGrpcUrl, DashboardResource.OtlpGrpcEndpoint);
        AddOtlp(DashboardEnvironment.OtlpHttpUrl, DashboardResource.OtlpHttpEndpoint);

        IReadOnlyList<(string EndpointName, BindingAddress Address)> Read(string setting) =>
            ListeningUrls.Parse(configuration[setting] ?? "", setting) is { Count: > 0 } addresses ? addresses : anyPort;

        void AddOtlp(string setting, string name) =>
            Add([(name, (randomizePorts ? anyPort : Read(setting))[0].Address)], setting);

        void Add(IReadOnlyList<(string EndpointName, BindingAddress Address)> addresses, string setting)
        {
            foreach (var (name, address) in addresses)
            {
                dashboard.Annotations.Add(new EndpointAnnotation(name)
                {
                    UriScheme = address.Scheme,
                    TargetHost = address.Host,
                    Port = address.Port,
                    PortSource = setting,
                    IsProxied = false,
                });
            }
        }
    }

    private static void Announce(ILogger logger, string url, string? token)
    {
        Log.DashboardListening(logger, url);
        if (token is not null)
        {
            Log.DashboardLogin(logger, $"{url}/login?t={token}");
        }
    }
}
