using System.Reflection;

namespace WasmAspire.Tests.Requires;

/// <summary>Which of the two ways to get Aspire this build goes.</summary>
internal static class PackageSwitch
{
    /// <summary>Whether the stand-ins are in use: they record in the AppHost where its resources were built to.</summary>
    public static bool StandInsAreInUse { get; } = typeof(Projects.AppHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(attribute => attribute.Key.StartsWith("standin-target:", StringComparison.Ordinal));
}
