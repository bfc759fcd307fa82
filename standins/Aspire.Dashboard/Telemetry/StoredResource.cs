using OpenTelemetry.Proto.Resource.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A service's replica that has sent telemetry. Only the store changes it, under the store's lock.</summary>
internal sealed class StoredResource(ResourceKey key, int number)
{
    public ResourceKey Key => key;

    /// <summary>The order of appearance: its colour follows from it.</summary>
    public int Number => number;

    /// <summary>The attributes as last sent.</summary>
    public Resource Message { get; set; } = new();

    /// <summary>By name and version.</summary>
    public Dictionary<(string Name, string Version), StoredScope> Scopes { get; } = [];

    public bool HasTraces { get; set; }

    public bool HasLogs { get; set; }

    public bool HasMetrics { get; set; }
}
