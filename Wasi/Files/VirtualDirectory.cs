namespace WasmAspire.Wasi.Files;

/// <summary>A directory that can be read.</summary>
public sealed class VirtualDirectory : VirtualNode
{
    // Sorted, so that a listing comes in the same order each time.
    private readonly SortedList<string, VirtualNode> entries = new(StringComparer.Ordinal);

    internal IReadOnlyList<KeyValuePair<string, VirtualNode>> Entries => [.. entries];

    /// <summary>Adds a file, and the directories on the way to it.</summary>
    /// <param name="path">Absolute path of plain names, such as <c>/data/file.txt</c>.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="ArgumentException">The path is not such a one, is taken, or leads through a file.</exception>
    public void AddFile(string path, ReadOnlyMemory<byte> content)
    {
        var names = path.Split('/');
        if (names.Length < 2 || names[0].Length > 0 || names.Skip(1).Any(name => name is "" or "." or "..") || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{path}' is not an absolute path of plain names.", nameof(path));
        }

        var directory = this;
        foreach (var name in names[1..^1])
        {
            directory.entries.TryAdd(name, new VirtualDirectory());
            directory = directory.entries[name] as VirtualDirectory
                ?? throw new ArgumentException($"'{path}' leads through '{name}', which is a file.", nameof(path));
        }

        if (!directory.entries.TryAdd(names[^1], new VirtualFile(content)))
        {
            throw new ArgumentException($"'{path}' is there already.", nameof(path));
        }
    }

    /// <summary>Finds what a relative path leads to, never above this directory.</summary>
    internal Errno Find(string path, out VirtualNode? node)
    {
        node = null;
        if (path.Length == 0)
        {
            return Errno.NoEntry;
        }

        if (path[0] == '/')
        {
            return Errno.NotPermitted;
        }

        var way = new Stack<VirtualDirectory>();
        VirtualNode current = this;
        foreach (var name in path.Split('/'))
        {
            if (current is not VirtualDirectory directory)
            {
                return Errno.NotDirectory;
            }

            switch (name)
            {
                case "" or ".":
                    break;
                case ".." when way.Count == 0:
                    return Errno.NotPermitted;
                case "..":
                    current = way.Pop();
                    break;
                default:
                    if (!directory.entries.TryGetValue(name, out var next))
                    {
                        return Errno.NoEntry;
                    }

                    way.Push(directory);
                    current = next;
                    break;
            }
        }

        node = current;
        return Errno.Success;
    }
}
