namespace WasmAspire.Wasi.Descriptors;

/// <summary>stdin: bytes that are given, then the end.</summary>
internal sealed class InputDescriptor(ReadOnlyMemory<byte> content) : Descriptor
{
    private int position;

    public override FileType Type => FileType.Unknown;

    public override Rights Rights => Rights.Read | Rights.Poll;

    public override ulong Available => (ulong)(content.Length - position);

    public override Errno Read(Span<byte> buffer, out int count)
    {
        count = Math.Min(buffer.Length, content.Length - position);
        content.Span.Slice(position, count).CopyTo(buffer);
        position += count;
        return Errno.Success;
    }
}
