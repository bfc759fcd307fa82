using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's process.</summary>
internal sealed class DashboardResource(string command, string workingDirectory)
    : ExecutableResource(ResourceName, command, workingDirectory)
{
    public const string ResourceName = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";

    /// <summary>Whether the dashboard's line tells what the AppHost tells too, once the dashboard is healthy.</summary>
    public static bool IsAnnouncement(string line) =>
        line.StartsWith("Now listening on:", StringComparison.Ordinal) || line.StartsWith("Login to the dashboard at ", StringComparison.Ordinal);
}
