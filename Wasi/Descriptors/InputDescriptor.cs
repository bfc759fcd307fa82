namespace WasmAspire.Wasi.Descriptors;

/// <summary>stdin: bytes that are given, then the end.</summary>
internal sealed class InputDescriptor(ReadOnlyMemory<byte> content) : Descriptor, IReadableDescriptor
{
    private int position;

    public override Rights Rights => Rights.Read;

    public bool CanRead => true;

    public ulong Available => (ulong)(content.Length - position);

    public int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, content.Length - position);
        content.Span.Slice(position, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
