namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Resources by name: a service's name means all of its replicas, a replica's full or short name that one.
/// No name means all.
/// </summary>
internal sealed class ResourceNames(IReadOnlyCollection<string> names)
{
    public bool Matches(StoredResource resource) => names.Count == 0 || names.Any(name => Names(resource, name));

    /// <summary>Whether every name is somebody's.</summary>
    public bool AreAllIn(IReadOnlyList<StoredResource> resources) => names.All(name => resources.Any(resource => Names(resource, name)));

    private static bool Names(StoredResource resource, string name) =>
        Same(name, resource.Key.Name) || Same(name, resource.Key.CompositeName) || Same(name, resource.Key.ReplicaName);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
