using System.Buffers.Binary;
using System.Text;
using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on open descriptors, but for what they read and write.</summary>
internal static class DescriptorFunctions
{
    private const int FdstatSize = 24;

    // normal, sequential, random, willneed, dontneed, noreuse
    private const int LastAdvice = 5;

    public static void Define(FunctionTable table)
    {
        table.Define("fd_advise", (Guest guest, int fd, long _, long length, int advice) =>
            OfFile(guest, fd, length >= 0 && (uint)advice <= LastAdvice ? Errno.Success : Errno.Invalid));
        // Space that is written to later would have to be kept free; Wasmtime refuses as well.
        table.Define("fd_allocate", (Guest guest, int fd, long _, long _) => OfFile(guest, fd, Errno.NotSupported));
        table.Define("fd_close", (Guest guest, int fd) => guest.Wasi.Descriptors.Close(fd));
        table.Define("fd_datasync", (Guest guest, int fd) => OfFile(guest, fd, Errno.Success));
        table.Define("fd_fdstat_get", (Guest guest, int fd, int result) => FdstatGet(guest, fd, result));
        table.Define("fd_fdstat_set_flags", (Guest guest, int fd, int flags) => FdstatSetFlags(guest, fd, (DescriptorFlags)flags));
        table.Define("fd_fdstat_set_rights", (Guest guest, int fd, long _, long _) => OfNode(guest, fd, Errno.NotSupported));
        table.Define("fd_filestat_get", (Guest guest, int fd, int result) => FilestatGet(guest, fd, result));
        table.Define("fd_filestat_set_size", (Guest guest, int fd, long size) => SetSize(guest, fd, (ulong)size));
        table.Define("fd_filestat_set_times", (Guest guest, int fd, long access, long modification, int flags) =>
            SetTimes(guest, fd, (ulong)access, (ulong)modification, flags));
        table.Define("fd_prestat_get", (Guest guest, int fd, int result) => PrestatGet(guest, fd, result));
        table.Define("fd_prestat_dir_name", (Guest guest, int fd, int path, int length) => PrestatDirName(guest, fd, path, (uint)length));
        table.Define("fd_renumber", (Guest guest, int from, int to) => guest.Wasi.Descriptors.Renumber(from, to));
        table.Define("fd_seek", (Guest guest, int fd, long offset, int whence, int result) => Seek(guest, fd, offset, whence, result));
        table.Define("fd_sync", (Guest guest, int fd) => OfFile(guest, fd, Errno.Success));
        table.Define("fd_tell", (Guest guest, int fd, int result) => Seek(guest, fd, offset: 0, whence: 1, result));
    }

    private static Errno OfFile(Guest guest, int fd, Errno answer) => guest[fd] is FileDescriptor ? answer : Errno.BadDescriptor;

    private static Errno OfNode(Guest guest, int fd, Errno answer) => guest[fd]?.Node is null ? Errno.BadDescriptor : answer;

    private static Errno FdstatGet(Guest guest, int fd, int result)
    {
        if (guest[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        if (!guest.TrySlice(result, FdstatSize, out var bytes))
        {
            return Errno.Fault;
        }

        bytes.Clear();
        bytes[0] = (byte)descriptor.Type;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)descriptor.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (ulong)descriptor.Rights);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (ulong)descriptor.InheritingRights);
        return Errno.Success;
    }

    private static Errno FdstatSetFlags(Guest guest, int fd, DescriptorFlags flags)
    {
        if (guest[fd] is not FileDescriptor file)
        {
            return Errno.BadDescriptor;
        }

        if ((flags & ~DescriptorFlags.Changeable) != 0)
        {
            return Errno.Invalid;
        }

        file.SetFlags(flags);
        return Errno.Success;
    }

    private static Errno FilestatGet(Guest guest, int fd, int result) =>
        guest[fd] is { } descriptor ? Filestat.Write(guest, result, descriptor.Node) : Errno.BadDescriptor;

    private static Errno SetSize(Guest guest, int fd, ulong size)
    {
        if (guest[fd] is not FileDescriptor file)
        {
            return Errno.BadDescriptor;
        }

        return file.Node.IsWritable ? file.SetSize(size) : Errno.NotPermitted;
    }

    private static Errno SetTimes(Guest guest, int fd, ulong access, ulong modification, int flags)
    {
        if (Timestamps.AreContradictory(flags))
        {
            return Errno.Invalid;
        }

        return guest[fd]?.Node is { } node ? Timestamps.Set(node, access, modification, flags) : Errno.BadDescriptor;
    }

    private static Errno PrestatGet(Guest guest, int fd, int result) =>
        guest[fd] is DirectoryDescriptor { PreopenedAt: { } path }
            // tag 0 (a directory) and the length of its name, as two 32-bit numbers
            ? guest.Write(result, (ulong)path.Length << 32)
            : Errno.BadDescriptor;

    private static Errno PrestatDirName(Guest guest, int fd, int path, uint length)
    {
        if (guest[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        if (descriptor is not DirectoryDescriptor { PreopenedAt: { } name })
        {
            return Errno.NotDirectory;
        }

        if (length < name.Length)
        {
            return Errno.NameTooLong;
        }

        if (!guest.TrySlice(path, name.Length, out var bytes))
        {
            return Errno.Fault;
        }

        Encoding.ASCII.GetBytes(name, bytes);
        return Errno.Success;
    }

    private static Errno Seek(Guest guest, int fd, long offset, int whence, int result) => guest[fd] switch
    {
        FileDescriptor file => file.Seek(offset, whence) ? guest.Write(result, file.Position) : Errno.Invalid,
        InputDescriptor or OutputDescriptor => Errno.IllegalSeek,
        _ => Errno.BadDescriptor,
    };
}
