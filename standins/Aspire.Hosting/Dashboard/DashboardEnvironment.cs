using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard's process is told.</summary>
internal static class DashboardEnvironment
{
    public const string OtlpGrpcUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";

    private const string OwnSettings = "ASPIRE_DASHBOARD_";

    public static void Set(Dictionary<string, object> environment, IConfiguration configuration, DashboardResource dashboard)
    {
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (name.StartsWith(OwnSettings, StringComparison.OrdinalIgnoreCase) && value is not null)
            {
                environment[name] = value;
            }
        }

        var environmentName = configuration["ASPNETCORE_ENVIRONMENT"] ?? "Production";
        environment["ASPNETCORE_ENVIRONMENT"] = environmentName;
        environment["DOTNET_ENVIRONMENT"] = environmentName;
        environment["ASPNETCORE_URLS"] = Addresses(dashboard.GetEndpoints().Where(e => e.Name is not (DashboardResource.OtlpGrpcEndpoint or DashboardResource.OtlpHttpEndpoint)));
        environment[OtlpGrpcUrl] = Addresses(dashboard.GetEndpoints().Where(e => e.Name == DashboardResource.OtlpGrpcEndpoint));
        environment[OtlpHttpUrl] = Addresses(dashboard.GetEndpoints().Where(e => e.Name == DashboardResource.OtlpHttpEndpoint));
        SetKey(environment, "FRONTEND", "BrowserToken", "BROWSERTOKEN", configuration[DashboardKeys.BrowserToken]);
        SetKey(environment, "OTLP", "ApiKey", "PRIMARYAPIKEY", configuration[DashboardKeys.Otlp]);
        SetKey(environment, "API", "ApiKey", "PRIMARYAPIKEY", configuration[DashboardKeys.Api]);
    }

    private static ReplicaValue Addresses(IEnumerable<EndpointAnnotation> endpoints) =>
        new(replica => string.Join(';', endpoints.Select(e => FormattableString.Invariant($"{e.UriScheme}://{e.TargetHost}:{replica.TargetPorts[e.Name]}"))));

    private static void SetKey(Dictionary<string, object> environment, string part, string mode, string setting, string? key)
    {
        environment[$"DASHBOARD__{part}__AUTHMODE"] = key is null ? "Unsecured" : mode;
        if (key is not null)
        {
            environment[$"DASHBOARD__{part}__{setting}"] = key;
        }
    }
}
