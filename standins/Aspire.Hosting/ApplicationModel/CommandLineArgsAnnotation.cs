namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds arguments; called once for each start or manifest.</summary>
internal sealed record CommandLineArgsAnnotation(Action<IList<string>> Callback) : IResourceAnnotation;
