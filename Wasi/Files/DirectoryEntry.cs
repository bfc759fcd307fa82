using System.Text;

namespace WasmAspire.Wasi.Files;

/// <summary>A name in a directory, and what it stands for.</summary>
/// <param name="name">The name.</param>
/// <param name="cookie">Its place in the directory's listing, which it keeps for as long as it is there.</param>
/// <param name="node">What it stands for.</param>
/// <param name="isGiven">Whether the host has put it there.</param>
internal sealed class DirectoryEntry(string name, ulong cookie, VirtualNode node, bool isGiven)
{
    public string Name => name;

    /// <summary>Bytes of the name.</summary>
    public int NameLength { get; } = Encoding.UTF8.GetByteCount(name);

    public ulong Cookie => cookie;

    public VirtualNode Node { get; private set; } = node;

    /// <summary>Whether the host has put it there, and the guest has put nothing else in its place.</summary>
    public bool IsGiven { get; private set; } = isGiven;

    /// <summary>Lets the name stand for something else.</summary>
    public void Replace(VirtualNode by)
    {
        Node = by;
        IsGiven = false;
    }
}
