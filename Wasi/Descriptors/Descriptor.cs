namespace WasmAspire.Wasi.Descriptors;

/// <summary>Something open. What a kind cannot do answers with the errno for it.</summary>
internal abstract class Descriptor
{
    /// <summary>What it is open on.</summary>
    public abstract FileType Type { get; }

    /// <summary>What it is good for.</summary>
    public abstract Rights Rights { get; }

    /// <summary>What its children are good for.</summary>
    public virtual Rights InheritingRights => 0;

    /// <summary>The number of its file; 0 for a stream.</summary>
    public virtual ulong Inode => 0;

    /// <summary>Its length in bytes; 0 for a stream.</summary>
    public virtual ulong Size => 0;

    /// <summary>Bytes that can be read at once.</summary>
    public virtual ulong Available => 0;

    /// <summary>Reads what is next into the buffer.</summary>
    public virtual Errno Read(Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.BadDescriptor;
    }

    /// <summary>Reads from a place, without moving the position.</summary>
    public virtual Errno ReadAt(ulong offset, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.IllegalSeek;
    }

    /// <summary>Writes all of the bytes.</summary>
    public virtual Errno Write(ReadOnlySpan<byte> bytes) => Errno.BadDescriptor;

    /// <summary>Moves the position.</summary>
    /// <param name="offset">By so much.</param>
    /// <param name="whence">0 from the start, 1 from the position, 2 from the end.</param>
    /// <param name="position">Where it is then.</param>
    public virtual Errno Seek(long offset, int whence, out ulong position)
    {
        position = 0;
        return Errno.IllegalSeek;
    }
}
