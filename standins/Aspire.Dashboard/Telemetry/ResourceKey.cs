using OpenTelemetry.Proto.Resource.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>What tells resources apart: the service, and which of its replicas. No instance id means the only one.</summary>
internal readonly record struct ResourceKey(string Name, string? InstanceId)
{
    /// <summary>The replica's full name, as the REST interface gives and takes it.</summary>
    public string CompositeName => InstanceId is null ? Name : $"{Name}-{InstanceId}";

    /// <summary>A resource without a service name is unknown_service, by OpenTelemetry's resource conventions.</summary>
    public static ResourceKey Of(Resource? resource)
    {
        var name = resource?.Attributes.Find("service.name");
        if (string.IsNullOrEmpty(name))
        {
            var executable = resource?.Attributes.Find("process.executable.name");
            name = string.IsNullOrEmpty(executable) ? "unknown_service" : $"unknown_service:{executable}";
        }
        var instance = resource?.Attributes.Find("service.instance.id");
        return new(name, string.IsNullOrEmpty(instance) ? null : instance);
    }

    /// <summary>What tells this replica from its siblings on a page. The end of a GUID: version 7 ones begin alike.</summary>
    public string ReplicaName
    {
        get
        {
            if (!Guid.TryParse(InstanceId, out var guid))
            {
                return CompositeName;
            }
            return $"{Name}-{guid.ToString("N")[^8..]}";
        }
    }
}
