using System.Buffers.Binary;
using WasmAspire.Wasi.Descriptors;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on open descriptors.</summary>
internal static class DescriptorFunctions
{
    private const int FdstatSize = 24;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, long, long, int, int>(module, "fd_advise", (caller, fd, _, _, _) => (int)Exists(caller, fd));
        linker.DefineFunction<int, long, long, int>(module, "fd_allocate", (caller, fd, _, _) => (int)Refuse(caller, fd, Errno.BadDescriptor));
        linker.DefineFunction<int, int>(module, "fd_close", (caller, fd) => (int)new Guest(caller).Wasi.Descriptors.Close(fd));
        linker.DefineFunction<int, int>(module, "fd_datasync", (caller, fd) => (int)Exists(caller, fd));
        linker.DefineFunction<int, int, int>(module, "fd_fdstat_get", (caller, fd, result) => (int)FdstatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, int, int>(module, "fd_fdstat_set_flags", (caller, fd, flags) => (int)(flags == 0 ? Exists(caller, fd) : Refuse(caller, fd, Errno.NotSupported)));
        linker.DefineFunction<int, long, long, int>(module, "fd_fdstat_set_rights", (caller, fd, _, _) => (int)Refuse(caller, fd, Errno.NotSupported));
        linker.DefineFunction<int, int, int>(module, "fd_filestat_get", (caller, fd, result) => (int)FilestatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, long, int>(module, "fd_filestat_set_size", (caller, fd, _) => (int)Refuse(caller, fd, Errno.BadDescriptor));
        linker.DefineFunction<int, long, long, int, int>(module, "fd_filestat_set_times", (caller, fd, _, _, _) => (int)Refuse(caller, fd, Errno.NotPermitted));
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_pread", (caller, fd, iovecs, count, offset, result) => (int)Read(new Guest(caller), fd, iovecs, count, (ulong)offset, result));
        linker.DefineFunction<int, int, int>(module, "fd_prestat_get", (caller, fd, result) => (int)PrestatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, int, int, int>(module, "fd_prestat_dir_name", (caller, fd, path, length) => (int)PrestatDirName(new Guest(caller), fd, path, length));
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_pwrite", (caller, fd, _, _, _, _) => (int)Refuse(caller, fd, Errno.BadDescriptor));
        linker.DefineFunction<int, int, int, int, int>(module, "fd_read", (caller, fd, iovecs, count, result) => (int)Read(new Guest(caller), fd, iovecs, count, offset: null, result));
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_readdir", (caller, fd, buffer, length, cookie, result) => (int)DirectoryListing.Read(new Guest(caller), fd, buffer, length, (ulong)cookie, result));
        linker.DefineFunction<int, int, int>(module, "fd_renumber", (caller, from, to) => (int)new Guest(caller).Wasi.Descriptors.Renumber(from, to));
        linker.DefineFunction<int, long, int, int, int>(module, "fd_seek", (caller, fd, offset, whence, result) => (int)Seek(new Guest(caller), fd, offset, whence, result));
        linker.DefineFunction<int, int>(module, "fd_sync", (caller, fd) => (int)Exists(caller, fd));
        linker.DefineFunction<int, int, int>(module, "fd_tell", (caller, fd, result) => (int)Seek(new Guest(caller), fd, offset: 0, whence: 1, result));
        linker.DefineFunction<int, int, int, int, int>(module, "fd_write", (caller, fd, iovecs, count, result) => (int)Write(new Guest(caller), fd, iovecs, count, result));
    }

    /// <summary>Writes what is known of a node: device, inode, type, links, size and three times.</summary>
    public static Errno WriteFilestat(Guest guest, int result, ulong inode, FileType type, ulong size)
    {
        const int FilestatSize = 64;
        if (!guest.TrySlice(result, FilestatSize, out var bytes))
        {
            return Errno.Fault;
        }

        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], inode);
        bytes[16] = (byte)type;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], size);
        return Errno.Success;
    }

    private static Errno Exists(Caller caller, int fd) => Refuse(caller, fd, Errno.Success);

    private static Errno Refuse(Caller caller, int fd, Errno answer) =>
        new Guest(caller).Wasi.Descriptors[fd] is null ? Errno.BadDescriptor : answer;

    private static Errno FdstatGet(Guest guest, int fd, int result)
    {
        if (guest.Wasi.Descriptors[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        if (!guest.TrySlice(result, FdstatSize, out var bytes))
        {
            return Errno.Fault;
        }

        bytes.Clear();
        bytes[0] = (byte)descriptor.Type;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (ulong)descriptor.Rights);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (ulong)descriptor.InheritingRights);
        return Errno.Success;
    }

    private static Errno FilestatGet(Guest guest, int fd, int result) =>
        guest.Wasi.Descriptors[fd] is { } descriptor
            ? WriteFilestat(guest, result, descriptor.Inode, descriptor.Type, descriptor.Size)
            : Errno.BadDescriptor;

    private static Errno PrestatGet(Guest guest, int fd, int result) =>
        guest.Wasi.Descriptors[fd] is DirectoryDescriptor { PreopenedAt: { } path }
            // tag 0 (a directory) and the length of its name, as two 32-bit numbers
            ? guest.Write(result, (ulong)path.Length << 32)
            : Errno.BadDescriptor;

    private static Errno PrestatDirName(Guest guest, int fd, int path, int length)
    {
        if (guest.Wasi.Descriptors[fd] is not DirectoryDescriptor { PreopenedAt: { } name })
        {
            return Errno.BadDescriptor;
        }

        if (length < name.Length)
        {
            return Errno.NameTooLong;
        }

        if (!guest.TrySlice(path, name.Length, out var bytes))
        {
            return Errno.Fault;
        }

        System.Text.Encoding.ASCII.GetBytes(name, bytes);
        return Errno.Success;
    }

    private static Errno Read(Guest guest, int fd, int iovecs, int count, ulong? offset, int result)
    {
        if (guest.Wasi.Descriptors[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        if (descriptor.Type == FileType.Directory)
        {
            return Errno.IsDirectory;
        }

        uint total = 0;
        for (var i = 0; i < count; i++)
        {
            if (!guest.TryBuffer(iovecs, i, out var buffer))
            {
                return Errno.Fault;
            }

            var error = offset is { } from
                ? descriptor.ReadAt(from + total, buffer, out var read)
                : descriptor.Read(buffer, out read);
            if (error != Errno.Success)
            {
                return error;
            }

            total += (uint)read;
            if (read < buffer.Length)
            {
                break;
            }
        }

        return guest.Write(result, total);
    }

    private static Errno Write(Guest guest, int fd, int iovecs, int count, int result)
    {
        if (guest.Wasi.Descriptors[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        uint total = 0;
        for (var i = 0; i < count; i++)
        {
            if (!guest.TryBuffer(iovecs, i, out var buffer))
            {
                return Errno.Fault;
            }

            if (descriptor.Write(buffer) is not Errno.Success and var error)
            {
                return error;
            }

            total += (uint)buffer.Length;
        }

        return guest.Write(result, total);
    }

    private static Errno Seek(Guest guest, int fd, long offset, int whence, int result)
    {
        if (guest.Wasi.Descriptors[fd] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        var error = descriptor.Seek(offset, whence, out var position);
        return error == Errno.Success ? guest.Write(result, position) : error;
    }
}
