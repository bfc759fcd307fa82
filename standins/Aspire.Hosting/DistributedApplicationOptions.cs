using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The AppHost's arguments.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly, which knows its projects; by default the program's.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Runs without the dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Sends the resources' output to the AppHost's loggers instead of the console.</summary>
    public bool EnableResourceLogging { get; set; }

    internal Assembly? Assembly => AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(AssemblyName);
}
