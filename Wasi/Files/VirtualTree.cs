namespace WasmAspire.Wasi.Files;

/// <summary>
/// The files of one guest, in memory. Folders that are made writable are the guest's to change, with all that is under
/// them; everything else it can only read. A tree without writable folders may be shared by guests that run at once.
/// </summary>
public sealed class VirtualTree
{
    private readonly TreeUsage usage;

    /// <summary>An empty tree that may hold as much as <see cref="TreeLimits"/> has by default.</summary>
    public VirtualTree()
        : this(new TreeLimits())
    {
    }

    /// <summary>An empty tree.</summary>
    /// <param name="limits">What it may hold when the guest changes it; what the host adds is not refused.</param>
    public VirtualTree(TreeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        usage = new TreeUsage(limits);
        Root = new VirtualDirectory(usage);
        Root.AddLink();
    }

    /// <summary>Bytes that count against <see cref="TreeLimits.MaxBytes"/> now.</summary>
    public long Bytes => usage.Bytes;

    /// <summary>Entries that count against <see cref="TreeLimits.MaxEntries"/> now.</summary>
    public int Entries => usage.Entries;

    internal VirtualDirectory Root { get; }

    /// <summary>Adds a file, and the folders on the way to it. Under a writable folder the guest may change it: it then writes to a copy.</summary>
    /// <param name="path">Absolute path of plain names, each of at most 255 bytes, such as <c>/data/file.txt</c>.</param>
    /// <param name="content">What is in it; it is not copied and must stay as it is.</param>
    /// <exception cref="ArgumentException">The path is not such a one, is taken, or leads through a file.</exception>
    public void AddFile(string path, ReadOnlyMemory<byte> content)
    {
        var names = ToNames(path);
        if (names.Length == 0)
        {
            throw NotPlain(path);
        }

        var folder = GetFolder(path, names.AsSpan(..^1));
        if (folder.TryGet(names[^1], out _))
        {
            throw new ArgumentException($"'{path}' is there already.", nameof(path));
        }

        Add(folder, names[^1], new VirtualFile(usage, content));
    }

    /// <summary>Adds a folder and those on the way to it, as far as they are not there.</summary>
    /// <param name="path">Absolute path of plain names, or <c>/</c>.</param>
    /// <exception cref="ArgumentException">The path is not such a one, or leads to or through a file.</exception>
    public void AddFolder(string path) => GetFolder(path, ToNames(path));

    /// <summary>Lets the guest change what is in a folder, and what will be added to it. The folder is added where it is not there.</summary>
    /// <param name="path">Absolute path of plain names; <c>/</c> for the whole tree.</param>
    /// <exception cref="ArgumentException">The path is not such a one, or leads to or through a file.</exception>
    public void MakeWritable(string path)
    {
        var folder = GetFolder(path, ToNames(path));
        for (var above = folder.Parent; above is not null; above = above.Parent)
        {
            above.LeadsToWritable = true;
        }

        var found = new Stack<VirtualNode>([folder]);
        while (found.TryPop(out var node))
        {
            node.IsWritable = true;
            if (node is VirtualDirectory directory)
            {
                directory.LeadsToWritable = true;
                foreach (var entry in directory.Entries)
                {
                    found.Push(entry.Node);
                }
            }
        }
    }

    /// <summary>
    /// What the guest has made, moved or written to at a path and under it: each folder before what is in it, and names in
    /// ordinal order. All contents together are not more than <see cref="TreeLimits.MaxBytes"/> and what the host has added.
    /// What the guest has removed is not told, nor are times that it has set.
    /// </summary>
    /// <param name="path">Absolute path of plain names, or <c>/</c>. Symbolic links are not followed.</param>
    /// <exception cref="ArgumentException">The path is not such a one.</exception>
    public IEnumerable<TreeChange> Changes(string path)
    {
        var found = new Stack<FoundEntry>();
        var names = ToNames(path);
        if (names.Length == 0)
        {
            PushAll(Root, "", isMoved: false, found);
            return Walk(found);
        }

        VirtualNode node = Root;
        var (parent, isMoved) = ("", false);
        for (var i = 0; ; i++)
        {
            if (node is not VirtualDirectory directory || !directory.TryGet(names[i], out var entry))
            {
                return [];
            }

            if (i == names.Length - 1)
            {
                found.Push(new FoundEntry(entry, parent, isMoved));
                return Walk(found);
            }

            node = entry.Node;
            parent += "/" + entry.Name;
            isMoved |= !entry.IsGiven;
        }
    }

    private static IEnumerable<TreeChange> Walk(Stack<FoundEntry> found)
    {
        while (found.TryPop(out var next))
        {
            var path = $"{next.Parent}/{next.Entry.Name}";
            var isMoved = next.IsMoved || !next.Entry.IsGiven;
            if (isMoved || next.Entry.Node is VirtualFile { IsChanged: true })
            {
                yield return ToChange(path, next.Entry.Node);
            }

            if (next.Entry.Node is VirtualDirectory directory)
            {
                PushAll(directory, path, isMoved, found);
            }
        }
    }

    private static void PushAll(VirtualDirectory directory, string path, bool isMoved, Stack<FoundEntry> found)
    {
        foreach (var entry in directory.Entries.OrderByDescending(entry => entry.Name, StringComparer.Ordinal))
        {
            found.Push(new FoundEntry(entry, path, isMoved));
        }
    }

    private static TreeChange ToChange(string path, VirtualNode node) => new()
    {
        Path = path,
        Kind = node.Type switch
        {
            FileType.Directory => TreeChangeKind.Folder,
            FileType.SymbolicLink => TreeChangeKind.SymbolicLink,
            _ => TreeChangeKind.File,
        },
        Content = (node as VirtualFile)?.Content ?? default,
        Target = (node as SymbolicLink)?.Target,
        ModificationTime = node.ModificationTime,
    };

    private static string[] ToNames(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path == "/")
        {
            return [];
        }

        var names = path.Split('/');
        return names.Length > 1 && names[0].Length == 0 && names.Skip(1).All(IsPlainName) ? names[1..] : throw NotPlain(path);
    }

    private static bool IsPlainName(string name) =>
        name is not ("" or "." or "..") && !name.Contains('\0', StringComparison.Ordinal) && !PathLookup.IsTooLong(name);

    private static ArgumentException NotPlain(string path) => new($"'{path}' is not an absolute path of plain names.", nameof(path));

    private static void Add(VirtualDirectory folder, string name, VirtualNode node)
    {
        node.IsWritable = folder.IsWritable;
        node.AddLink();
        folder.Add(name, node, isGiven: true);
    }

    private VirtualDirectory GetFolder(string path, ReadOnlySpan<string> names)
    {
        var folder = Root;
        foreach (var name in names)
        {
            if (!folder.TryGet(name, out var entry))
            {
                var added = new VirtualDirectory(usage) { LeadsToWritable = folder.IsWritable };
                Add(folder, name, added);
                folder = added;
            }
            else
            {
                folder = entry.Node as VirtualDirectory
                    ?? throw new ArgumentException($"'{path}' leads through '{name}', which is a file.", nameof(path));
            }
        }

        return folder;
    }

    /// <param name="Entry">An entry.</param>
    /// <param name="Parent">The path of its directory; empty of the root.</param>
    /// <param name="IsMoved">Whether the directory is one that the guest has made or moved, or under such a one.</param>
    private readonly record struct FoundEntry(DirectoryEntry Entry, string Parent, bool IsMoved);
}
