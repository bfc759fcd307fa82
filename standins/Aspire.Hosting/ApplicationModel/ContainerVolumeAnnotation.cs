namespace Aspire.Hosting.ApplicationModel;

internal sealed record ContainerVolumeAnnotation(string Name, string Target, bool IsReadOnly) : IResourceAnnotation;
