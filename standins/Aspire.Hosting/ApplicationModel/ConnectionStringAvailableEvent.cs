using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource's endpoints are allocated, so its connection string can be read; it has not started yet.</summary>
public class ConnectionStringAvailableEvent : IDistributedApplicationResourceEvent
{
    internal ConnectionStringAvailableEvent(IResource resource) => Resource = resource;

    /// <summary>The resource.</summary>
    public IResource Resource { get; }
}
