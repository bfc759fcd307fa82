namespace WasmAspire.Tests.Requires;

/// <summary>What the machine has of the programs that a test needs.</summary>
internal static class InstalledTools
{
    /// <summary>Why a test that needs these cannot run, or null when all are there.</summary>
    /// <param name="tools">Names of programs on the PATH; with a slash, a path, absolute or from the repository's root.</param>
    public static string? ReasonToSkip(string[] tools)
    {
        string[] missing = [.. tools.Where(tool => !IsInstalled(tool))];
        return missing.Length == 0 ? null : $"Not installed: {string.Join(", ", missing)}.";
    }

    private static bool IsInstalled(string tool)
    {
        if (tool.Contains('/', StringComparison.Ordinal))
        {
            return Path.Exists(Path.Combine(RepositoryRoot.Path, tool));
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Any(folder =>
            File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")));
    }
}
