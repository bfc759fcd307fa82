using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

internal static class HealthCheckRegistrations
{
    /// <summary>Whether each check that a resource names is registered; logs those that are not.</summary>
    public static bool AreComplete(HealthCheckServiceOptions options, DistributedApplicationModel model, ILogger<DistributedApplication> logger)
    {
        var registered = options.Registrations.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var missing = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => (Resource: resource, check.Key)))
            .Where(check => !registered.Contains(check.Key))
            .ToArray();
        foreach (var (resource, key) in missing)
        {
            Log.HealthCheckMissing(logger, key, resource.Name);
        }

        return missing.Length == 0;
    }
}
