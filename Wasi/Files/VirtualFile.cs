namespace WasmAspire.Wasi.Files;

/// <summary>A file that can be read.</summary>
internal sealed class VirtualFile(ulong inode, ReadOnlyMemory<byte> content) : VirtualNode(inode)
{
    /// <summary>What is in it.</summary>
    public ReadOnlyMemory<byte> Content { get; } = content;

    internal override FileType Type => FileType.RegularFile;

    internal override ulong Size => (ulong)Content.Length;
}
