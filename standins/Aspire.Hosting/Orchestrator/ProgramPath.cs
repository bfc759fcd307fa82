using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Where programs are.</summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The <c>dotnet</c> that runs this program, or the one on the PATH.</summary>
    public static string Dotnet { get; } = FindDotnet();

    /// <summary>The full path of a program: a path as it is, a name from the PATH.</summary>
    /// <exception cref="DistributedApplicationException">There is no such program.</exception>
    public static string Find(string command, string workingDirectory)
    {
        var candidates = command.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(command, Path.GetFullPath(workingDirectory))]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, command)).ToArray();
        return candidates.FirstOrDefault(IsProgram)
            ?? throw new DistributedApplicationException(candidates.Length == 1
                ? $"The program '{candidates[0]}' does not exist, or is not executable."
                : $"The program '{command}' is not on the PATH.");
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    private static string FindDotnet()
    {
        string?[] candidates =
        [
            Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath : null,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            // shared/Microsoft.NETCore.App/VERSION/ of the installation
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? "dotnet";
    }
}
