using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Where the resources' output and states are shown.</summary>
internal interface IResourceOutput
{
    /// <summary>A line of a resource's process, or of the AppHost about the resource. May wait while a slow terminal catches up.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="replicaId">The replica, or null where the line is about the resource as a whole.</param>
    /// <param name="text">The line, as it came.</param>
    /// <param name="isError">Whether it came from stderr, or says what went wrong.</param>
    void WriteLine(IResource resource, string? replicaId, string text, bool isError);

    /// <summary>A state of a resource. Never waits.</summary>
    void WriteState(ResourceEvent change);

    /// <summary>Writes what is still to be written, and from now on nothing waits any more.</summary>
    void Flush();
}
