using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Runs the health checks of resources that run, and says when one is ready.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, ResourceNotificationService notifications, DistributedApplicationEventing eventing, IServiceProvider services)
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);
    // Soon at first, since a service takes a fraction of a second to start, and not more often than needed later.
    private static readonly TimeSpan FirstUnhealthy = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastUnhealthy = TimeSpan.FromSeconds(5);

    public static IEnumerable<HealthReportSnapshot> Unknown(IResource resource) =>
        Keys(resource).Select(key => new HealthReportSnapshot(key, status: null, description: null));

    /// <summary>Checks a resource until <paramref name="cancellationToken"/> is cancelled, which is when none of its replicas runs any more.</summary>
    public async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = Keys(resource).ToHashSet(StringComparer.Ordinal);
        var pause = FirstUnhealthy;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (keys.Count > 0)
            {
                Publish(resource, await CheckAsync(keys, cancellationToken));
            }

            if (notifications.GetReplicas(resource).Any(IsHealthy))
            {
                SetReady(resource, cancellationToken);
                if (keys.Count == 0)
                {
                    return;
                }

                await Pause(WhileHealthy, cancellationToken);
                pause = FirstUnhealthy;
                continue;
            }

            await Pause(pause, cancellationToken);
            pause = pause * 2 < LastUnhealthy ? pause * 2 : LastUnhealthy;
        }
    }

    private static bool IsHealthy(ResourceEvent replica) => replica.Snapshot.HealthStatus == HealthStatus.Healthy;

    private static IEnumerable<string> Keys(IResource resource) =>
        resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).Distinct();

    private static async Task Pause(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<IReadOnlyList<HealthReportSnapshot>> CheckAsync(HashSet<string> keys, CancellationToken cancellationToken)
    {
        try
        {
            // A check need not look at the token, but the application's end does not wait for it.
            var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken).WaitAsync(cancellationToken);
            return [.. report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description ?? e.Value.Exception?.Message))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A check that cannot even be made. Which one it is, its message has to say.
            return [.. keys.Select(key => new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"Error calling HealthCheckService. {e.Message}"))];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private void Publish(IResource resource, IReadOnlyList<HealthReportSnapshot> reports)
    {
        if (reports.Count == 0)
        {
            return;
        }

        foreach (var replica in notifications.GetReplicas(resource))
        {
            notifications.Publish(resource, replica.ResourceId, snapshot => Same(snapshot.HealthReports, reports) ? snapshot : snapshot.WithHealthReports(reports));
        }
    }

    private static bool Same(IReadOnlyList<HealthReportSnapshot> before, IReadOnlyList<HealthReportSnapshot> after) =>
        before.Select(r => (r.Name, r.Status, r.Description)).SequenceEqual(after.Select(r => (r.Name, r.Status, r.Description)));

    private void SetReady(IResource resource, CancellationToken cancellationToken)
    {
        var waiting = notifications.GetReplicas(resource).Where(replica => IsHealthy(replica) && replica.Snapshot.Ready is null).ToArray();
        if (waiting.Length == 0)
        {
            return;
        }

        var ready = eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        foreach (var replica in waiting)
        {
            notifications.Publish(resource, replica.ResourceId, snapshot => snapshot.HealthStatus is null ? snapshot : snapshot.WithReady(ready));
        }
    }
}
