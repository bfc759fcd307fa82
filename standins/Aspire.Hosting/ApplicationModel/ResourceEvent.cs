namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource (one replica) has changed.</summary>
public class ResourceEvent
{
    internal ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
    {
        Resource = resource;
        ResourceId = resourceId;
        Snapshot = snapshot;
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>The replica's own name: the resource's and a suffix.</summary>
    public string ResourceId { get; }

    /// <summary>What is known of it now.</summary>
    public CustomResourceSnapshot Snapshot { get; }
}
