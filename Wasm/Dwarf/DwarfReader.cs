namespace WasmAspire.Wasm.Dwarf;

/// <summary>
/// Reads DWARF's primitives from untrusted bytes. A read past the end gives 0 and leaves nothing to read, so that loops
/// end; no exceptions, since a section can hold millions of faults.
/// </summary>
internal ref struct DwarfReader
{
    // Ten times seven bits: all that 64 bits need. Longer ones are padded, which no compiler does here.
    private const int MaxLebBits = 70;

    private readonly ReadOnlySpan<byte> section;
    private int end;

    public DwarfReader(ReadOnlySpan<byte> section)
        : this(section, 0, section.Length)
    {
    }

    private DwarfReader(ReadOnlySpan<byte> section, int start, int end)
    {
        this.section = section;
        this.end = end;
        Position = start;
    }

    /// <summary>The next byte's place in the section.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a read went past the end or met a number too large.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes left before the end.</summary>
    public readonly int Left => end - Position;

    /// <summary>A byte of the section, wherever this reader stands.</summary>
    public readonly byte At(int position) => section[position];

    public void Fail()
    {
        Failed = true;
        end = Position;
    }

    public byte ReadByte()
    {
        if (Position >= end)
        {
            Fail();
            return 0;
        }

        return section[Position++];
    }

    /// <summary>A number of so many bytes, little-endian.</summary>
    public ulong ReadFixed(int bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value |= (ulong)ReadByte() << (8 * i);
        }

        return value;
    }

    /// <summary>An offset or length: 8 bytes in the 64-bit format, else 4.</summary>
    public ulong ReadOffset(bool wide) => ReadFixed(wide ? 8 : 4);

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < MaxLebBits; shift += 7)
        {
            var b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        Fail();
        return 0;
    }

    public long ReadSigned()
    {
        long value = 0;
        for (var shift = 0; shift < MaxLebBits; shift += 7)
        {
            var b = ReadByte();
            value |= (long)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return (b & 0x40) != 0 && shift + 7 < 64 ? value | (-1L << (shift + 7)) : value;
            }
        }

        Fail();
        return 0;
    }

    /// <summary>Passes over a text with a zero byte at its end.</summary>
    /// <returns>How long it is, without that byte.</returns>
    public int SkipText()
    {
        var length = section[Position..end].IndexOf((byte)0);
        if (length < 0)
        {
            Fail();
            return 0;
        }

        Position += length + 1;
        return length;
    }

    /// <summary>The next bytes as a reader of their own, passed over here; fewer where fewer are left.</summary>
    public DwarfReader Take(ulong bytes)
    {
        var start = Position;
        Position += (int)Math.Min(bytes, (ulong)Left);
        return new DwarfReader(section, start, Position);
    }
}
