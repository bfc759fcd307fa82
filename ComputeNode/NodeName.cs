using Microsoft.Extensions.Options;

namespace WasmAspire.ComputeNode;

/// <summary>What the node calls itself in jobs and traces.</summary>
internal sealed class NodeName
{
    /// <param name="options">May name it.</param>
    /// <param name="configuration">Holds the service's name and instance id as OpenTelemetry has them: what the dashboard calls the replica.</param>
    public NodeName(IOptions<NodeOptions> options, IConfiguration configuration)
    {
        var service = configuration["OTEL_SERVICE_NAME"] ?? "computenode";
        var instance = (configuration["OTEL_RESOURCE_ATTRIBUTES"] ?? "")
            .Split(',')
            .Select(attribute => attribute.Split('=', 2))
            .FirstOrDefault(pair => pair is ["service.instance.id", _])?[1]
            ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        Value = options.Value.Name is { Length: > 0 } name ? name : $"{service}-{instance}";
    }

    /// <summary>The name.</summary>
    public string Value { get; }
}
