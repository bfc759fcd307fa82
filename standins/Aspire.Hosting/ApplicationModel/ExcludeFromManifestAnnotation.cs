namespace Aspire.Hosting.ApplicationModel;

internal sealed class ExcludeFromManifestAnnotation : IResourceAnnotation;
