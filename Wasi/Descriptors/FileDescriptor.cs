using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>A file, open for reading.</summary>
internal sealed class FileDescriptor(VirtualFile file, DescriptorFlags flags) : Descriptor, IReadableDescriptor
{
    private DescriptorFlags flags = flags;

    public override VirtualNode Node => file;

    public override DescriptorFlags Flags => flags;

    public override Rights Rights => Rights.File;

    public ulong Available => file.Size - Math.Min(Position, file.Size);

    /// <summary>Where the next read starts. It may lie behind the end, and never passes <see cref="long.MaxValue"/>.</summary>
    public ulong Position { get; private set; }

    public int Read(Span<byte> buffer)
    {
        var count = ReadAt(Position, buffer);
        Position += (ulong)count;
        return count;
    }

    /// <summary>Reads from a place, without moving the position.</summary>
    public int ReadAt(ulong offset, Span<byte> buffer)
    {
        if (offset >= file.Size)
        {
            return 0;
        }

        var rest = file.Content.Span[(int)offset..];
        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        return count;
    }

    /// <summary>Moves the position.</summary>
    /// <param name="offset">By so much.</param>
    /// <param name="whence">0 from the start, 1 from the position, 2 from the end.</param>
    /// <returns>False, with the position as it was, where it would lie before the start or nowhere.</returns>
    public bool Seek(long offset, int whence)
    {
        var from = whence switch
        {
            0 => 0,
            1 => (long)Position,
            2 => (long)file.Size,
            _ => -1,
        };
        // From here a sum that passes long.MaxValue comes out below 0 as well.
        var target = from + offset;
        if (from < 0 || target < 0)
        {
            return false;
        }

        Position = (ulong)target;
        return true;
    }

    /// <summary>Changes how it is open. It is told, and that is all: nothing waits, and nothing is written.</summary>
    public void SetFlags(DescriptorFlags value) => flags = value;
}
