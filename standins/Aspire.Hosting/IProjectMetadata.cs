namespace Aspire.Hosting;

/// <summary>A project that the AppHost refers to; <c>Projects.*</c> are made of them by the build.</summary>
public interface IProjectMetadata
{
    /// <summary>The project file's full path.</summary>
    string ProjectPath { get; }
}
