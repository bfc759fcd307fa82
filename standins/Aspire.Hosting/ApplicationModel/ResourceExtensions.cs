namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceExtensions
{
    public static int GetReplicaCount(this IResource resource) =>
        resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    public static IReadOnlyList<EndpointAnnotation> GetEndpoints(this IResource resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>()];

    /// <summary>The resources that must outlive this one: it waits for them or uses them.</summary>
    public static IEnumerable<IResource> GetDependencies(this IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource.Annotations.OfType<ReferenceAnnotation>().Select(reference => reference.Resource))
            .Distinct();
}
