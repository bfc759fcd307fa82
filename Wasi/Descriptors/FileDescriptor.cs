using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>A file, open for reading.</summary>
internal sealed class FileDescriptor(VirtualFile file) : Descriptor
{
    private ulong position;

    public override FileType Type => FileType.RegularFile;

    public override Rights Rights => Rights.File;

    public override ulong Inode => file.Inode;

    public override ulong Size => (ulong)file.Content.Length;

    public override ulong Available => Size - Math.Min(position, Size);

    public override Errno Read(Span<byte> buffer, out int count)
    {
        var error = ReadAt(position, buffer, out count);
        position += (ulong)count;
        return error;
    }

    public override Errno ReadAt(ulong offset, Span<byte> buffer, out int count)
    {
        count = 0;
        if (offset < Size)
        {
            var rest = file.Content.Span[(int)offset..];
            count = Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
        }

        return Errno.Success;
    }

    public override Errno Seek(long offset, int whence, out ulong position)
    {
        var from = whence switch
        {
            0 => 0,
            1 => (long)this.position,
            2 => (long)Size,
            _ => -1,
        };
        position = this.position;
        if (from < 0 || offset > long.MaxValue - from || from + offset < 0)
        {
            return Errno.Invalid;
        }

        position = this.position = (ulong)(from + offset);
        return Errno.Success;
    }
}
