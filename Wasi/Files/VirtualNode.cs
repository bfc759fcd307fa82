namespace WasmAspire.Wasi.Files;

/// <summary>A file or directory of a guest's tree.</summary>
public abstract class VirtualNode
{
    private protected VirtualNode(ulong inode) => Inode = inode;

    /// <summary>A number that no other node of its tree has; of other trees, and so of other guests, it tells nothing.</summary>
    internal ulong Inode { get; }

    internal abstract FileType Type { get; }

    /// <summary>Length in bytes; 0 of a directory.</summary>
    internal abstract ulong Size { get; }
}
