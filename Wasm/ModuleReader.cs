using System.Text;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Wasm;

/// <summary>Reads the primitives of the binary format from untrusted bytes (WebAssembly 2.0, section 5.2); each failure says where.</summary>
public ref struct ModuleReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> file;
    private readonly int end;

    /// <param name="file">The whole module.</param>
    /// <param name="section">The section's name for errors; null outside any.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end: no read goes past it.</param>
    public ModuleReader(ReadOnlySpan<byte> file, string? section, int start, int end)
    {
        this.file = file;
        Section = section;
        this.end = end;
        Position = start;
    }

    /// <summary>The section's name for errors; null outside any.</summary>
    public readonly string? Section { get; }

    /// <summary>The next byte's place in the file.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left before the end.</summary>
    public readonly int Left => end - Position;

    /// <summary>The next byte.</summary>
    /// <exception cref="WasmFormatException">There is none. So it is with all that reads.</exception>
    public byte ReadByte()
    {
        if (Position >= end)
        {
            throw Error("unexpected end");
        }

        return file[Position++];
    }

    /// <summary>The next byte, left unread; -1 at the end.</summary>
    public readonly int Peek() => Position < end ? file[Position] : -1;

    /// <summary>So many bytes.</summary>
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

    /// <summary>A signed number of so many bits, LEB128.</summary>
    public long ReadSigned(int bits)
    {
        var start = Position;
        ulong value = 0;
        for (var shift = 0; shift < bits; shift += 7)
        {
            var b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                var signed = (long)value;
                if (shift + 7 < 64)
                {
                    // The sign is the last byte's highest bit.
                    signed = signed << (64 - shift - 7) >> (64 - shift - 7);
                }

                // In the last byte that may stand, bits beyond the number's repeat its sign.
                var beyond = bits - shift;
                if (beyond < 7 && (sbyte)(b << 1) >> beyond is not (0 or -1))
                {
                    break;
                }

                return signed;
            }
        }

        throw new WasmFormatException($"a number does not fit {bits} bits", Section, start);
    }

    /// <summary>A value type.</summary>
    /// <exception cref="UnsupportedFeatureException">It belongs to a proposal.</exception>
    public ValueType ReadValueType()
    {
        var start = Position;
        return ToValueType(ReadByte(), Section, start);
    }

    /// <summary>A reference type.</summary>
    /// <exception cref="UnsupportedFeatureException">It belongs to a proposal.</exception>
    public ValueType ReadReferenceType()
    {
        var start = Position;
        var type = ReadValueType();
        return type is ValueType.FuncRef or ValueType.ExternRef
            ? type
            : throw new WasmFormatException($"value type 0x{(byte)type:X2} is no reference", Section, start);
    }

    /// <summary>Passes over a constant expression.</summary>
    public void SkipExpression()
    {
        var instructions = new InstructionReader(file, Section, new ByteRange(Position, Left));
        while (instructions.Depth >= 0)
        {
            instructions.Read();
        }

        Position = instructions.Position;
    }

    /// <summary>The length of a vector, each of whose entries takes at least one byte: more than are left is an error here.</summary>
    /// <param name="most">The most entries to accept: a small file may announce more than memory can describe.</param>
    public int ReadCount(int most = int.MaxValue)
    {
        var start = Position;
        var count = ReadU32();
        if (count > (uint)Left)
        {
            throw new WasmFormatException($"{count} entries are announced and {Left} bytes are left", Section, start);
        }

        if (count > (uint)most)
        {
            throw new WasmFormatException($"{count} entries are announced and {most} are the most", Section, start);
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
            throw new WasmFormatException("a name is not valid UTF-8", Section, start);
        }
    }

    /// <summary>An error at the next byte.</summary>
    public readonly WasmFormatException Error(string detail) => new(detail, Section, Position);

    internal static ValueType ToValueType(byte type, string? section, int offset)
    {
        if (Enum.IsDefined((ValueType)type))
        {
            return (ValueType)type;
        }

        var feature = type switch
        {
            0x63 or 0x64 => "typed function references",
            0x69 or 0x74 => "exception handling",
            (>= 0x6A and <= 0x6E) or (>= 0x71 and <= 0x73) or 0x77 or 0x78 => "garbage collection",
            _ => null,
        };
        return feature is null
            ? throw new WasmFormatException($"value type 0x{type:X2} is not one of WebAssembly 2.0", section, offset)
            : throw new UnsupportedFeatureException($"value type 0x{type:X2}", feature, section, offset);
    }

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

        throw new WasmFormatException($"a number does not fit {bits} bits", Section, start);
    }
}
