using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build wrote into the AppHost's assembly (Aspire.AppHost.Sdk/Sdk.targets).</summary>
internal sealed class AppHostProject(Assembly? assembly)
{
    private const string TargetPrefix = "standin-target:";

    private readonly AssemblyMetadataAttribute[] metadata =
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().ToArray() ?? [];

    /// <summary>The folder of the AppHost's project.</summary>
    public string? Directory => Get("AppHostProjectPath");

    /// <summary>The AppHost's project file, without its folder.</summary>
    public string? FileName => Get("AppHostProjectName");

    /// <summary>The dll that the build made of a project that the AppHost refers to.</summary>
    public string? FindTarget(string projectPath) => Get(TargetPrefix + projectPath);

    /// <summary>The same, by the project's file name.</summary>
    public string? FindTargetByFileName(string fileName) =>
        metadata.FirstOrDefault(m => m.Key.StartsWith(TargetPrefix, StringComparison.Ordinal) && Path.GetFileName(m.Key) == fileName)?.Value;

    private string? Get(string key) => metadata.FirstOrDefault(m => m.Key == key)?.Value;
}
