using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's process.</summary>
internal sealed class DashboardResource(string command, string workingDirectory)
    : ExecutableResource(ResourceName, command, workingDirectory)
{
    public const string ResourceName = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";
}
