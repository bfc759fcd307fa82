using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows each resource's state, and tells of changes.</summary>
public class ResourceNotificationService : IDisposable
{
    // Written under the lock only, so that nobody sees two changes in different orders.
    private readonly ConcurrentDictionary<string, ResourceEvent> states = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource disposing = new();
    private readonly Lock sync = new();
    private Action<ResourceEvent>? watchers;

    internal ResourceNotificationService()
    {
    }

    /// <summary>Called for every change, in order; must not block.</summary>
    internal event Action<ResourceEvent>? Updated
    {
        add
        {
            lock (sync)
            {
                watchers += value;
            }
        }

        remove
        {
            lock (sync)
            {
                watchers -= value;
            }
        }
    }

    /// <summary>Waits until a replica of the resource is in <paramref name="targetState"/>, by default <see cref="KnownResourceStates.Running"/>.</summary>
    /// <exception cref="OperationCanceledException">It was not before <paramref name="cancellationToken"/> was cancelled or the application was disposed.</exception>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a replica of the resource is in one of the states, and says in which.</summary>
    /// <exception cref="OperationCanceledException">It was not before <paramref name="cancellationToken"/> was cancelled or the application was disposed.</exception>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToArray();
        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.State is { } state && states.Contains(state.Text, StringComparer.OrdinalIgnoreCase),
            $"Resource '{resourceName}' failed to reach one of the target states: [{string.Join(", ", states)}] before the operation was cancelled.",
            cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until a replica of the resource fits.</summary>
    /// <exception cref="OperationCanceledException">None did before <paramref name="cancellationToken"/> was cancelled or the application was disposed.</exception>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, predicate, $"Resource '{resourceName}' failed to meet the predicate condition before the operation was cancelled.", cancellationToken);

    /// <summary>Waits until a replica of the resource is healthy and what its readiness starts has been done.</summary>
    /// <exception cref="DistributedApplicationException">It ended or could not be started.</exception>
    /// <exception cref="OperationCanceledException">It was not before <paramref name="cancellationToken"/> was cancelled or the application was disposed.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var reached = await WaitAsync(
            resourceName,
            e => e.Snapshot.IsTerminal || IsReady(e.Snapshot),
            $"Resource '{resourceName}' failed to become healthy before the operation was cancelled.",
            cancellationToken);
        if (reached.Snapshot.IsTerminal)
        {
            var state = reached.Snapshot.State!.Text;
            var reason = state == KnownResourceStates.FailedToStart ? "it failed to start" : $"it entered the '{state}' state";
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because {reason}.");
        }

        await reached.Snapshot.Ready!.WaitAsync(cancellationToken);
        return reached;
    }

    /// <summary>The current state of a replica by its own name, or of a resource that has only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (states.TryGetValue(resourceId, out resourceEvent))
        {
            return true;
        }

        var replicas = states.Values.Where(e => IsOf(e, resourceId)).Take(2).ToArray();
        resourceEvent = replicas.Length == 1 ? replicas[0] : null;
        return resourceEvent is not null;
    }

    /// <summary>Every replica's current state, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        void Write(ResourceEvent change) => channel.Writer.TryWrite(change);
        lock (sync)
        {
            foreach (var current in states.Values)
            {
                Write(current);
            }

            watchers += Write;
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            Updated -= Write;
        }
    }

    /// <summary>Ends every wait.</summary>
    public virtual void Dispose()
    {
        disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    internal static bool IsReady(CustomResourceSnapshot snapshot) =>
        snapshot is { HealthStatus: Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, Ready: not null };

    /// <summary>The current state of each replica.</summary>
    internal IReadOnlyList<ResourceEvent> GetReplicas(IResource resource)
    {
        lock (sync)
        {
            return [.. states.Values.Where(e => ReferenceEquals(e.Resource, resource))];
        }
    }

    internal void Publish(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (sync)
        {
            var before = states.TryGetValue(resourceId, out var known) ? known.Snapshot : CustomResourceSnapshot.Initial;
            var after = change(before);
            if (!ReferenceEquals(before, after))
            {
                var update = new ResourceEvent(resource, resourceId, after);
                states[resourceId] = update;
                watchers?.Invoke(update);
            }
        }
    }

    private static bool IsOf(ResourceEvent change, string resourceName) =>
        string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase);

    private async Task<ResourceEvent> WaitAsync(string resourceName, Func<ResourceEvent, bool> predicate, string cancelled, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposing.Token);
        try
        {
            await foreach (var change in WatchAsync(either.Token))
            {
                if (IsOf(change, resourceName) && predicate(change))
                {
                    return change;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException($"{cancelled}{Describe(resourceName)}", e, cancellationToken);
        }

        throw new OperationCanceledException(cancelled);
    }

    private string Describe(string resourceName)
    {
        var known = states.Values.Where(e => IsOf(e, resourceName))
            .Select(e => $"{e.ResourceId}: {e.Snapshot.State?.Text}, {e.Snapshot.HealthStatus?.ToString() ?? "health unknown"}{string.Concat(e.Snapshot.HealthReports.Where(r => r.Description is not null).Select(r => $" ({r.Name}: {r.Description})"))}");
        return $" Last seen: {string.Join("; ", known.DefaultIfEmpty("nothing"))}.";
    }
}
