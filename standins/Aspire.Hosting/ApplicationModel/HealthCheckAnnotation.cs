namespace Aspire.Hosting.ApplicationModel;

/// <summary>A registered health check says whether the resource is healthy.</summary>
internal sealed record HealthCheckAnnotation(string Key) : IResourceAnnotation;
