using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Aspire.Hosting.Orchestrator;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The AppHost's own services.</summary>
internal static class HostingServices
{
    public static void Add(HostApplicationBuilder host, DistributedApplicationOptions options, DistributedApplicationBuilder builder, DistributedApplicationEventing eventing)
    {
        AddLogging(host);
        var services = host.Services;
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Project);
        services.AddSingleton(eventing);
        services.AddSingleton(_ => new ResourceNotificationService());
        services.AddSingleton<ConfigurationResolver>();
        services.AddHealthChecks();
        services.AddOptions<HealthCheckServiceOptions>().Validate<DistributedApplicationModel, ILogger<DistributedApplication>>(
            HealthCheckRegistrations.AreComplete,
            "A health check registration is missing. Check logs for more details.");
        if (builder.ExecutionContext.IsPublishMode)
        {
            services.AddHostedService<ManifestPublisher>();
        }
        else
        {
            AddOrchestrator(services, options);
        }
    }

    private static void AddOrchestrator(IServiceCollection services, DistributedApplicationOptions options)
    {
        services.AddSingleton<IResourceOutput>(provider => options.EnableResourceLogging
            ? ActivatorUtilities.CreateInstance<LoggerOutput>(provider)
            : new ConsoleOutput(provider.GetRequiredService<DistributedApplicationModel>()));
        services.AddSingleton<EndpointAllocator>();
        services.AddSingleton<DependencyWaiter>();
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<ResourceLauncher>();
        services.AddSingleton<ApplicationOrchestrator>();
        services.AddHostedService<HangUpSignal>();
        services.AddHostedService(provider => provider.GetRequiredService<ApplicationOrchestrator>());
    }

    private static void AddLogging(HostApplicationBuilder host)
    {
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // A resource that is not healthy yet is no news; its state lines say what there is to say.
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        // Again, so that the settings win.
        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
    }
}
