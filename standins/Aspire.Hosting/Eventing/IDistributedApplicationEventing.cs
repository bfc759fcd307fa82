using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>The application's events.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Has <paramref name="callback"/> called, and awaited, whenever <typeparamref name="T"/> happens to <paramref name="resource"/>.</summary>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;
}
