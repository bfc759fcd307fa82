using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentQueue<(Type Type, IResource Resource, DistributedApplicationEventSubscription Subscription)> subscriptions = new();

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(callback);
        var subscription = new DistributedApplicationEventSubscription((e, cancellationToken) => callback((T)e, cancellationToken));
        subscriptions.Enqueue((typeof(T), resource, subscription));
        return subscription;
    }

    /// <summary>Calls the handlers one after another; the first exception ends it.</summary>
    public async Task PublishAsync<T>(T change, CancellationToken cancellationToken)
        where T : IDistributedApplicationResourceEvent
    {
        foreach (var (type, resource, subscription) in subscriptions)
        {
            if (type == typeof(T) && ReferenceEquals(resource, change.Resource))
            {
                await subscription.Callback(change, cancellationToken);
            }
        }
    }
}
