namespace WasmAspire.Wasi.Files;

/// <summary>A file, directory or symbolic link of a guest's tree.</summary>
internal abstract class VirtualNode
{
    /// <param name="tree">What its tree holds; it gives the node its number.</param>
    protected VirtualNode(TreeUsage tree)
    {
        Tree = tree;
        Inode = tree.NextInode();
        AccessTime = ModificationTime = ChangeTime = WasiContext.Realtime;
    }

    /// <summary>What its tree holds.</summary>
    public TreeUsage Tree { get; }

    /// <summary>A number that no other node of its tree has; of other trees, and so of other guests, it tells nothing.</summary>
    public ulong Inode { get; }

    public abstract FileType Type { get; }

    /// <summary>Length in bytes; 0 of a directory.</summary>
    public abstract ulong Size { get; }

    /// <summary>Under how many names it is found.</summary>
    public int Links { get; private set; }

    /// <summary>Whether the guest may change it.</summary>
    public bool IsWritable { get; set; }

    /// <summary>When it was made, or what the guest has set. A read changes nothing, so that a tree that is only read can be shared.</summary>
    public ulong AccessTime { get; set; }

    /// <summary>When its content last changed, or what the guest has set.</summary>
    public ulong ModificationTime { get; set; }

    /// <summary>When it last changed in any way.</summary>
    public ulong ChangeTime { get; set; }

    /// <summary>Gives it one more name, if the tree has room for what that counts.</summary>
    public Errno AddLink()
    {
        if (!TryCountLink())
        {
            return Errno.NoSpace;
        }

        if (Links++ > 0)
        {
            ChangeTime = WasiContext.Realtime;
        }

        return Errno.Success;
    }

    /// <summary>Takes one name from it.</summary>
    public void RemoveLink()
    {
        Links--;
        ChangeTime = WasiContext.Realtime;
        UncountLink();
    }

    /// <summary>Notes that its content changes.</summary>
    public void Touch() => ModificationTime = ChangeTime = WasiContext.Realtime;

    /// <summary>Counts the bytes of one more name. Each name counts them again: a copy of the tree has them as often.</summary>
    private protected abstract bool TryCountLink();

    /// <summary>Takes back what a name counted; the names have been counted down.</summary>
    private protected abstract void UncountLink();
}
