using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Holds a resource back until those it waits for are ready.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications, IResourceOutput output)
{
    /// <summary>Returns when every replica of every dependency is healthy and ready.</summary>
    /// <exception cref="DistributedApplicationException">
    /// One of them has ended or could not be started. The real package goes on waiting where there is a dashboard, since
    /// a user may start the dependency again there; here nobody can.
    /// </exception>
    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Where(dependency => dependency is not IResourceWithoutLifetime)
            .Distinct()
            .SelectMany(dependency => notifications.GetReplicas(dependency))
            .Select(replica => WaitForReplicaAsync(resource, replica, failed))
            .ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        foreach (var replica in notifications.GetReplicas(resource))
        {
            notifications.Publish(resource, replica.ResourceId, snapshot => snapshot.WithState(KnownResourceStates.Waiting));
        }

        await Task.WhenAll(waits);
    }

    private async Task WaitForReplicaAsync(IResource resource, ResourceEvent dependency, CancellationTokenSource failed)
    {
        await Task.Yield();
        var single = dependency.Resource.GetReplicaCount() == 1;
        var name = single ? dependency.Resource.Name : dependency.ResourceId;
        output.WriteLine(resource, replicaId: null, $"Waiting for resource '{name}' to enter the '{KnownResourceStates.Running}' state.", isError: false);
        var reached = await notifications.WaitForResourceAsync(
            dependency.Resource.Name,
            e => e.ResourceId == dependency.ResourceId && (e.Snapshot.IsTerminal || ResourceNotificationService.IsReady(e.Snapshot)),
            failed.Token);
        if (reached.Snapshot.IsTerminal)
        {
            await failed.CancelAsync();
            throw Unavailable(resource, name, reached.Snapshot.State!.Text);
        }

        await reached.Snapshot.Ready!.WaitAsync(failed.Token);
        output.WriteLine(resource, replicaId: null, $"Finished waiting for resource '{name}'.", isError: false);
    }

    private static DistributedApplicationException Unavailable(IResource resource, string dependency, string state) => new(
        state == KnownResourceStates.FailedToStart
            ? $"Resource '{resource.Name}' stopped waiting for dependency resource '{dependency}' because it failed to start."
            : $"Resource '{resource.Name}' stopped waiting for dependency resource '{dependency}' because it entered the '{state}' state prematurely.");
}
