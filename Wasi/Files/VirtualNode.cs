namespace WasmAspire.Wasi.Files;

/// <summary>A file or directory of a guest's tree.</summary>
public abstract class VirtualNode
{
    private static ulong lastInode;

    private protected VirtualNode()
    {
    }

    /// <summary>A number that no other node has.</summary>
    internal ulong Inode { get; } = Interlocked.Increment(ref lastInode);
}
