namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource starts when <paramref name="Resource"/> is healthy and ready.</summary>
internal sealed record WaitAnnotation(IResource Resource) : IResourceAnnotation;
