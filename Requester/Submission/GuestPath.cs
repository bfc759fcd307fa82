using System.Text;

namespace WasmAspire.Requester.Submission;

/// <summary>Paths of files in the guest's tree.</summary>
internal static class GuestPath
{
    /// <summary>The most bytes of a path, as Linux has it (PATH_MAX).</summary>
    public const int MaxBytes = 4096;

    /// <summary>The most bytes of one name in it, as Linux has it (NAME_MAX).</summary>
    public const int MaxNameBytes = 255;

    /// <summary>Whether a path is absolute, and of names that are neither empty nor <c>.</c> nor <c>..</c></summary>
    public static bool IsValid(string path) =>
        path.Length > 1 && path[0] == '/'
        && Encoding.UTF8.GetByteCount(path) <= MaxBytes
        && !path.Contains('\0', StringComparison.Ordinal)
        && path[1..].Split('/').All(name => name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes);

    /// <summary>The first folder of a path that is one of these files, or null.</summary>
    public static string? FolderAmong(HashSet<string> files, string path)
    {
        // Looked up without a string for each folder: a path may have thousands.
        var lookup = files.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = 1; slash < path.Length; slash++)
        {
            if (path[slash] == '/' && lookup.TryGetValue(path.AsSpan(0, slash), out var file))
            {
                return file;
            }
        }

        return null;
    }
}
