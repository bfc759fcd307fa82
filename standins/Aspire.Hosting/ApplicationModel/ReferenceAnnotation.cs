namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource uses <paramref name="Resource"/>, and so must stop before it.</summary>
internal sealed record ReferenceAnnotation(IResource Resource) : IResourceAnnotation;
