using System.Text;

namespace WasmAspire.Wasm;

/// <summary>Reads the primitives of the binary format from untrusted bytes; each failure says where.</summary>
internal ref struct ModuleReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> file;
    private readonly string? section;
    private readonly int end;

    /// <param name="file">The whole module.</param>
    /// <param name="section">The section's name for errors; null outside any.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end: no read goes past it.</param>
    public ModuleReader(ReadOnlySpan<byte> file, string? section, int start, int end)
    {
        this.file = file;
        this.section = section;
        this.end = end;
        Position = start;
    }

    /// <summary>The next byte's place in the file.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left before the end.</summary>
    public readonly int Left => end - Position;

    public byte ReadByte()
    {
        if (Position >= end)
        {
            throw Error("unexpected end");
        }

        return file[Position++];
    }

    public ReadOnlySpan<byte> ReadBytes(uint length)
    {
        if (length > (uint)Left)
        {
            throw Error($"{length} bytes are announced and {Left} are left");
        }

        var bytes = file.Slice(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    /// <summary>An unsigned 32-bit number, LEB128.</summary>
    public uint ReadU32() => (uint)ReadUnsigned(32);

    /// <summary>An unsigned 64-bit number, LEB128.</summary>
    public ulong ReadU64() => ReadUnsigned(64);

    /// <summary>The length of a vector, each of whose entries takes at least one byte: more than are left is an error here.</summary>
    /// <param name="most">The most entries to accept: a small file may announce more than memory can describe.</param>
    public int ReadCount(int most = int.MaxValue)
    {
        var start = Position;
        var count = ReadU32();
        if (count > (uint)Left)
        {
            throw new WasmFormatException($"{count} entries are announced and {Left} bytes are left", section, start);
        }

        if (count > (uint)most)
        {
            throw new WasmFormatException($"{count} entries are announced and {most} are the most", section, start);
        }

        return (int)count;
    }

    /// <summary>A name: a length and that many bytes of UTF-8.</summary>
    public string ReadName()
    {
        var start = Position;
        try
        {
            return StrictUtf8.GetString(ReadBytes(ReadU32()));
        }
        catch (DecoderFallbackException)
        {
            throw new WasmFormatException("a name is not valid UTF-8", section, start);
        }
    }

    public readonly WasmFormatException Error(string detail) => new(detail, section, Position);

    private ulong ReadUnsigned(int bits)
    {
        var start = Position;
        ulong value = 0;
        for (var shift = 0; shift < bits; shift += 7)
        {
            var b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                if (shift + 7 > bits && b >> (bits - shift) != 0)
                {
                    break;
                }

                return value;
            }
        }

        throw new WasmFormatException($"a number does not fit {bits} bits", section, start);
    }
}
