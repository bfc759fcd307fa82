using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>An open file.</summary>
internal sealed class FileDescriptor : Descriptor, IReadableDescriptor, IWritableDescriptor
{
    private readonly VirtualFile file;
    private DescriptorFlags flags;

    /// <param name="file">The file.</param>
    /// <param name="canRead">Whether it is open for reading.</param>
    /// <param name="canWrite">Whether it is open for writing.</param>
    /// <param name="flags">How it is open.</param>
    public FileDescriptor(VirtualFile file, bool canRead, bool canWrite, DescriptorFlags flags)
    {
        this.file = file;
        this.flags = flags;
        CanRead = canRead;
        CanWrite = canWrite;
        file.Open();
    }

    public override VirtualNode Node => file;

    public override DescriptorFlags Flags => flags;

    public override Rights Rights =>
        Rights.All & ~(CanRead ? Rights.None : Rights.Read | Rights.ReadDirectory) & ~(CanWrite ? Rights.None : Rights.Write);

    public bool CanRead { get; }

    public bool CanWrite { get; }

    public ulong Available => file.Size - Math.Min(Position, file.Size);

    /// <summary>Where the next read or write starts. It may lie behind the end, and never passes <see cref="long.MaxValue"/>.</summary>
    public ulong Position { get; private set; }

    private bool Appends => (flags & DescriptorFlags.Append) != 0;

    public int Read(Span<byte> buffer)
    {
        var count = file.Read(Position, buffer);
        Position += (ulong)count;
        return count;
    }

    /// <summary>Reads from a place, without moving the position.</summary>
    public int ReadAt(ulong offset, Span<byte> buffer) => file.Read(offset, buffer);

    public Errno Write(ReadOnlySpan<byte> bytes, out int written)
    {
        if (Appends)
        {
            Position = file.Size;
        }

        var error = file.Write(Position, bytes, out written);
        Position += (ulong)written;
        return error;
    }

    /// <summary>Writes to a place, without moving the position; where all goes to the end, so does this, as on Linux.</summary>
    public Errno WriteAt(ulong offset, ReadOnlySpan<byte> bytes, out int written) =>
        file.Write(Appends ? file.Size : offset, bytes, out written);

    /// <summary>Cuts the file's end off, or lets zeros follow.</summary>
    public Errno SetSize(ulong size) => CanWrite ? file.SetSize(size) : Errno.Invalid;

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

    /// <summary>Changes how it is open. Nothing ever waits, so only <see cref="DescriptorFlags.Append"/> does something.</summary>
    public void SetFlags(DescriptorFlags value) => flags = value;

    public override void Close() => file.Close();
}
