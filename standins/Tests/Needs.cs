namespace WasmAspire.Tests.StandIns;

/// <summary>Why a test cannot run on this machine; null where it can.</summary>
internal static class Needs
{
    public static string? Linux { get; } = OperatingSystem.IsLinux() ? null : "Looks at processes in /proc: Linux only.";

    public static string? Redis { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "redis-server")))
            ? null
            : "There is no redis-server on the PATH.";
}
