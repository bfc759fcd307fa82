using System.Text;

namespace WasmAspire.Wasm.Dwarf;

/// <summary>All files that rows name, each path once, within bounds.</summary>
internal sealed class SourcePaths
{
    /// <summary>The longest path: Linux allows no longer one.</summary>
    public const int MaxPathBytes = 4_096;

    /// <summary>The most paths: a row keeps its number in 16 bits.</summary>
    public const int MaxPaths = 65_536;

    // All paths together.
    private const int MaxKeptBytes = 16 << 20;

    // Units repeat each other's paths, and one text may be named by many: looking at them costs time, kept or not.
    private const int MaxJoinedBytes = 64 << 20;

    private readonly List<string> paths = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private int keptBytes;
    private int joinedBytes;

    /// <summary>Whether no more paths are taken.</summary>
    public bool IsFull => joinedBytes >= MaxJoinedBytes;

    public static bool IsAbsolute(ReadOnlySpan<byte> path) => path switch
    {
        [(byte)'/' or (byte)'\\', ..] => true,
        [var drive, (byte)':', ..] => char.IsAsciiLetter((char)drive),
        _ => false,
    };

    public string[] ToArray() => [.. paths];

    /// <summary>Joins a path's parts, of which the first two may be empty.</summary>
    /// <returns>Its number, or -1 where the name is empty, the path too long, or there are too many.</returns>
    public int Add(ReadOnlySpan<byte> root, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name)
    {
        var most = root.Length + folder.Length + name.Length + 2;
        joinedBytes += most;
        if (name.IsEmpty || most > MaxPathBytes)
        {
            return -1;
        }

        Span<byte> joined = stackalloc byte[most];
        var length = Append(joined, Append(joined, Append(joined, 0, root), folder), name);
        return Number(Encoding.UTF8.GetString(joined[..length]), length);
    }

    private static int Append(Span<byte> path, int length, ReadOnlySpan<byte> part)
    {
        if (length > 0 && !part.IsEmpty && path[length - 1] != (byte)'/')
        {
            path[length++] = (byte)'/';
        }

        part.CopyTo(path[length..]);
        return length + part.Length;
    }

    private int Number(string path, int bytes)
    {
        if (numbers.TryGetValue(path, out var number))
        {
            return number;
        }

        if (paths.Count == MaxPaths || keptBytes + bytes > MaxKeptBytes)
        {
            return -1;
        }

        keptBytes += bytes;
        paths.Add(path);
        return numbers[path] = paths.Count - 1;
    }
}
