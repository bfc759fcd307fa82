namespace Aspire.Hosting.ApplicationModel;

/// <param name="ProjectPath">Full path of the project file.</param>
/// <param name="LaunchProfile">The profile whose variables and addresses the project gets, or null.</param>
internal sealed record ProjectMetadataAnnotation(string ProjectPath, NamedLaunchProfile? LaunchProfile) : IResourceAnnotation;
