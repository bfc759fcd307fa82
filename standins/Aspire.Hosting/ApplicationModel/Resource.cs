namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of the resources.</summary>
public abstract class Resource : IResource
{
    /// <param name="name">ASCII letters, digits and single hyphens, at most 64, the first one a letter.</param>
    protected Resource(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
