namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the distributed application: a project, an executable, a container, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique in the application, whatever its case.</summary>
    string Name { get; }

    /// <summary>What the builder's methods have said of it.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
