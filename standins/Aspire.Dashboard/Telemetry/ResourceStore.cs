using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Who has sent telemetry. Nobody leaves: what they sent still names them. Past the limits newcomers are refused.
/// Not synchronized: <see cref="TelemetryStore"/> holds the lock.
/// </summary>
internal sealed class ResourceStore(Trimmer trimmer)
{
    private readonly Dictionary<ResourceKey, StoredResource> resources = [];
    private long bytes;

    /// <summary>In order of appearance.</summary>
    public IReadOnlyCollection<StoredResource> All => resources.Values;

    /// <summary>Null where there is no room for it.</summary>
    public StoredResource? FindOrAdd(Resource? message)
    {
        message ??= new();
        trimmer.Trim(message);
        var key = ResourceKey.Of(message);
        var known = resources.TryGetValue(key, out var resource);
        if (known && resource!.Message.Equals(message))
        {
            return resource;
        }
        var size = MemoryEstimate.Of(message) - (known ? MemoryEstimate.Of(resource!.Message) : 0);
        if (bytes + size > trimmer.Limits.ResourceBytes || (!known && resources.Count >= trimmer.Limits.Resources))
        {
            return known ? resource : null;
        }
        bytes += size;
        if (!known)
        {
            resources[key] = resource = new(key, resources.Count);
        }
        resource!.Message = message;
        return resource;
    }

    /// <summary>Null where there is no room for it.</summary>
    public StoredScope? FindOrAdd(StoredResource resource, InstrumentationScope? message)
    {
        message ??= new();
        trimmer.Trim(message);
        var key = (message.Name, message.Version);
        if (resource.Scopes.TryGetValue(key, out var scope))
        {
            return scope;
        }
        var size = MemoryEstimate.Of(message);
        if (bytes + size > trimmer.Limits.ResourceBytes || resource.Scopes.Count >= trimmer.Limits.ScopesPerResource)
        {
            return null;
        }
        bytes += size;
        return resource.Scopes[key] = new(message);
    }
}
