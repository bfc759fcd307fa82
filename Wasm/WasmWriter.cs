using System.Text;

namespace WasmAspire.Wasm;

/// <summary>Writes the primitives of the binary format (WebAssembly 2.0, section 5.2), each number in its shortest form.</summary>
public sealed class WasmWriter
{
    private const int MaxLebBytes = 10;

    private byte[] buffer;

    /// <param name="capacity">Bytes to make room for at first.</param>
    public WasmWriter(int capacity = 256) => buffer = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>Forgets what was written, and keeps its room.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1);
        buffer[Length++] = value;
    }

    /// <summary>Writes bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes an unsigned number, LEB128.</summary>
    public void WriteU32(uint value)
    {
        Reserve(MaxLebBytes);
        while (value >= 0x80)
        {
            buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[Length++] = (byte)value;
    }

    /// <summary>Writes a signed number, LEB128.</summary>
    public void WriteSigned(long value)
    {
        Reserve(MaxLebBytes);
        while (value is < -0x40 or >= 0x40)
        {
            buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[Length++] = (byte)(value & 0x7F);
    }

    /// <summary>Writes a name: its length and its UTF-8.</summary>
    public void WriteName(string name) => WriteSized(Encoding.UTF8.GetBytes(name));

    /// <summary>Writes bytes with their number before them.</summary>
    public void WriteSized(ReadOnlySpan<byte> bytes)
    {
        WriteU32((uint)bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>Writes a section.</summary>
    public void WriteSection(SectionId id, ReadOnlySpan<byte> content)
    {
        WriteByte((byte)id);
        WriteSized(content);
    }

    /// <summary>Writes a custom section.</summary>
    public void WriteCustomSection(string name, ReadOnlySpan<byte> content)
    {
        var nameBytes = Encoding.UTF8.GetByteCount(name);
        WriteByte((byte)SectionId.Custom);
        WriteU32((uint)(SizeOf((uint)nameBytes) + nameBytes + content.Length));
        WriteName(name);
        WriteBytes(content);
    }

    /// <summary>How many bytes <see cref="WriteU32"/> takes.</summary>
    public static int SizeOf(uint value)
    {
        var size = 1;
        while ((value >>= 7) != 0)
        {
            size++;
        }

        return size;
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - Length < bytes)
        {
            Array.Resize(ref buffer, Math.Max(checked(Length + bytes), (int)Math.Min(2L * buffer.Length, Array.MaxLength)));
        }
    }
}
