namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container. The stand-in writes it to the manifest and starts none.</summary>
public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal ContainerResource(string name)
        : base(name)
    {
    }

    internal string? Entrypoint { get; set; }

    /// <summary>What to use instead where there are no containers: the end of a sentence's list, or empty.</summary>
    internal virtual string Alternative => "";
}
