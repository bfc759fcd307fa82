using OpenTelemetry.Proto.Metrics.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A metric of one resource and scope. Only the store touches it, under the store's lock.</summary>
internal sealed class StoredInstrument(StoredResource resource, StoredScope scope, Metric description)
{
    public StoredResource Resource => resource;

    public StoredScope Scope => scope;

    /// <summary>Name, unit, description, kind and temporality; without points.</summary>
    public Metric Description => description;

    /// <summary>What the description counts for in the store's bytes.</summary>
    public long Bytes { get; } = MemoryEstimate.Of(description, description.Metadata.Count);

    /// <summary>Oldest arrival first.</summary>
    public Queue<MetricPoint> Points { get; } = [];
}
