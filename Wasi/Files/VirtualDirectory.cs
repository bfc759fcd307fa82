using System.Diagnostics.CodeAnalysis;

namespace WasmAspire.Wasi.Files;

/// <summary>A directory: its entries by name, and in the order in which they came.</summary>
internal sealed class VirtualDirectory(TreeUsage tree) : VirtualNode(tree)
{
    // Cookies 1 and 2 follow "." and "..".
    private const ulong LastDotCookie = 2;

    private readonly Dictionary<string, DirectoryEntry> byName = new(StringComparer.Ordinal);
    private readonly List<DirectoryEntry> inOrder = [];
    private ulong lastCookie = LastDotCookie;

    public override FileType Type => FileType.Directory;

    public override ulong Size => 0;

    /// <summary>The directory that it lies in; null of the root, and of one that has been removed.</summary>
    public VirtualDirectory? Parent { get; private set; }

    /// <summary>Its name there.</summary>
    public DirectoryEntry? Entry { get; private set; }

    /// <summary>Whether the guest has removed it, while it was open.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Whether something under it may be changed. If not, no path from here leads to such a place.</summary>
    public bool LeadsToWritable { get; set; }

    public bool IsEmpty => inOrder.Count == 0;

    /// <summary>All entries, in the order of their cookies.</summary>
    public IReadOnlyList<DirectoryEntry> Entries => inOrder;

    /// <summary>Bytes of its path from the root, which has none.</summary>
    public int PathLength
    {
        get
        {
            var length = 0;
            for (var directory = this; directory.Entry is { } entry; directory = directory.Parent!)
            {
                length += 1 + entry.NameLength;
            }

            return length;
        }
    }

    /// <summary>Bytes that the longest path under it has more than its own.</summary>
    public int LongestPathUnder
    {
        get
        {
            var longest = 0;
            // A stack of its own: a guest's directories may lie deep.
            var open = new Stack<(VirtualDirectory Directory, int Length)>([(this, 0)]);
            while (open.TryPop(out var next))
            {
                foreach (var entry in next.Directory.inOrder)
                {
                    var length = next.Length + 1 + entry.NameLength;
                    longest = Math.Max(longest, length);
                    if (entry.Node is VirtualDirectory directory)
                    {
                        open.Push((directory, length));
                    }
                }
            }

            return longest;
        }
    }

    public bool TryGet(ReadOnlySpan<char> name, [NotNullWhen(true)] out DirectoryEntry? entry) =>
        byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out entry);

    /// <summary>The place of the first entry whose cookie is greater.</summary>
    public int FirstAfter(ulong cookie)
    {
        var (low, high) = (0, inOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (inOrder[middle].Cookie > cookie)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>Adds an entry at the end. The name is free; the node's links are the caller's to count.</summary>
    public void Add(string name, VirtualNode node, bool isGiven = false)
    {
        var entry = new DirectoryEntry(name, ++lastCookie, node, isGiven);
        byName.Add(name, entry);
        inOrder.Add(entry);
        Tree.AddEntry();
        Take(entry);
    }

    /// <summary>Takes an entry out. The node's links are the caller's to count.</summary>
    public void Remove(DirectoryEntry entry)
    {
        byName.Remove(entry.Name);
        inOrder.RemoveAt(FirstAfter(entry.Cookie - 1));
        Tree.RemoveEntry();
        Touch();
    }

    /// <summary>Puts a node in the place of another; who lists the directory sees the name once.</summary>
    public void Replace(DirectoryEntry entry, VirtualNode by)
    {
        entry.Replace(by);
        Take(entry);
    }

    /// <summary>Notes that it is nowhere any more.</summary>
    public void MarkRemoved()
    {
        IsRemoved = true;
        (Parent, Entry) = (null, null);
    }

    /// <summary>Whether it is the other, or lies under it.</summary>
    public bool IsWithin(VirtualNode other)
    {
        for (var directory = this; directory is not null; directory = directory.Parent)
        {
            if (directory == other)
            {
                return true;
            }
        }

        return false;
    }

    private protected override bool TryCountLink() => true;

    private protected override void UncountLink()
    {
    }

    private void Take(DirectoryEntry entry)
    {
        if (entry.Node is VirtualDirectory directory)
        {
            (directory.Parent, directory.Entry) = (this, entry);
        }

        Touch();
    }
}
