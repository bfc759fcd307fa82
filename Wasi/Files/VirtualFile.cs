namespace WasmAspire.Wasi.Files;

/// <summary>A file that can be read.</summary>
/// <param name="content">What is in it.</param>
public sealed class VirtualFile(ReadOnlyMemory<byte> content) : VirtualNode
{
    /// <summary>What is in it.</summary>
    public ReadOnlyMemory<byte> Content { get; } = content;
}
