using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Where a project sends its telemetry, and as whom.</summary>
internal static class OtlpEnvironment
{
    private const string DefaultUrl = "http://localhost:18889";
    private const string DevelopmentDelayMilliseconds = "1000";

    public static void Set(Dictionary<string, object> environment, IDistributedApplicationBuilder application)
    {
        var configuration = application.Configuration;
        var dashboard = application.Resources.OfType<DashboardResource>().SingleOrDefault();
        var (url, protocol) = (configuration[DashboardEnvironment.OtlpGrpcUrl], configuration[DashboardEnvironment.OtlpHttpUrl]) switch
        {
            _ when dashboard is not null => (Receiver(dashboard) as object, "grpc"),
            ({ Length: > 0 } grpc, _) => (grpc, "grpc"),
            (_, { Length: > 0 } http) => (http, "http/protobuf"),
            _ => (DefaultUrl, "grpc"),
        };
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = new ReplicaValue(replica => $"service.instance.id={replica.Suffix}");
        environment["OTEL_SERVICE_NAME"] = new ReplicaValue(replica => replica.Resource.Name);
        if (configuration[DashboardKeys.Otlp] is { } key)
        {
            environment["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (application.Environment.IsDevelopment())
        {
            environment["OTEL_BLRP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
            environment["OTEL_BSP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
            environment["OTEL_METRIC_EXPORT_INTERVAL"] = DevelopmentDelayMilliseconds;
            environment["OTEL_TRACES_SAMPLER"] = "always_on";
            environment["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }
    }

    /// <summary>The dashboard's address; without one, which is when its ports were taken, the project sends nothing.</summary>
    private static ReplicaValue Receiver(DashboardResource dashboard)
    {
        var endpoint = new EndpointReference(dashboard, DashboardResource.OtlpGrpcEndpoint);
        return new(_ => endpoint.IsAllocated ? endpoint.Url : null);
    }
}
