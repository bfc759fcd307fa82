using System.Text;

namespace WasmAspire.Wasi.Files;

/// <summary>A directory that can be read, with all that is under it.</summary>
public sealed class VirtualDirectory : VirtualNode
{
    /// <summary>Bytes of a name (<c>NAME_MAX</c> of wasi-libc).</summary>
    private const int MaxNameBytes = 255;

    // Sorted, so that a listing comes in the same order each time.
    private readonly SortedList<string, VirtualNode> entries = new(StringComparer.Ordinal);

    // Counted by the root for its whole tree.
    private ulong lastInode = 1;

    /// <summary>An empty tree's root.</summary>
    public VirtualDirectory()
        : this(inode: 1)
    {
    }

    private VirtualDirectory(ulong inode)
        : base(inode)
    {
    }

    internal override FileType Type => FileType.Directory;

    internal override ulong Size => 0;

    internal int EntryCount => entries.Count;

    /// <summary>Adds a file, and the directories on the way to it.</summary>
    /// <param name="path">Absolute path of plain names, each of at most 255 bytes, such as <c>/data/file.txt</c>.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="ArgumentException">The path is not such a one, is taken, or leads through a file.</exception>
    public void AddFile(string path, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        var names = path.Split('/');
        if (names.Length < 2 || names[0].Length > 0 || !names.Skip(1).All(IsPlainName))
        {
            throw new ArgumentException($"'{path}' is not an absolute path of plain names.", nameof(path));
        }

        var directory = this;
        foreach (var name in names[1..^1])
        {
            if (!directory.entries.TryGetValue(name, out var next))
            {
                directory.entries.Add(name, next = new VirtualDirectory(++lastInode));
            }

            directory = next as VirtualDirectory
                ?? throw new ArgumentException($"'{path}' leads through '{name}', which is a file.", nameof(path));
        }

        if (!directory.entries.TryAdd(names[^1], new VirtualFile(++lastInode, content)))
        {
            throw new ArgumentException($"'{path}' is there already.", nameof(path));
        }
    }

    /// <summary>An entry by its place in the order of names.</summary>
    internal (string Name, VirtualNode Node) EntryAt(int index) => (entries.GetKeyAtIndex(index), entries.GetValueAtIndex(index));

    /// <summary>Finds what a relative path leads to, never above this directory.</summary>
    internal Errno Find(string path, out VirtualNode? node)
    {
        node = null;
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return Errno.Invalid;
        }

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
                        return Encoding.UTF8.GetByteCount(name) > MaxNameBytes ? Errno.NameTooLong : Errno.NoEntry;
                    }

                    way.Push(directory);
                    current = next;
                    break;
            }
        }

        node = current;
        return Errno.Success;
    }

    private static bool IsPlainName(string name) =>
        name is not ("" or "." or "..") && !name.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes;
}
