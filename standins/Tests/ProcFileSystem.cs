using System.Globalization;

namespace WasmAspire.Tests.StandIns;

/// <summary>Processes as /proc shows them.</summary>
internal static class ProcFileSystem
{
    /// <summary>The ids of the processes, zombies aside, that have <paramref name="name"/>=<paramref name="value"/> in their environment.</summary>
    public static IReadOnlyList<int> FindByEnvironment(string name, string value) =>
        [.. Processes().Where(pid => ReadEnvironment(pid).TryGetValue(name, out var found) && found == value)];

    public static IReadOnlyDictionary<string, string> ReadEnvironment(int pid) =>
        Read(pid, "environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('=', 2))
            .Where(entry => entry.Length == 2)
            .GroupBy(entry => entry[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);

    public static IReadOnlyList<string> ReadCommandLine(int pid) => Read(pid, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The process group and the session of a process; null where it is gone.</summary>
    public static (int Group, int Session)? FindGroup(int pid)
    {
        // The name before the last parenthesis may hold anything.
        var fields = Read(pid, "stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 4 ? null : (int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    public static bool Exists(int pid) => ReadCommandLine(pid).Count > 0;

    /// <summary>The members of a process group, zombies aside.</summary>
    public static IReadOnlyList<int> FindByGroup(int group) =>
        [.. Processes().Where(pid => Exists(pid) && FindGroup(pid)?.Group == group)];

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    /// <summary>Empty where the process is gone, which it may be at any moment, or is not ours.</summary>
    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
