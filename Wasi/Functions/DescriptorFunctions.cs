using System.Buffers.Binary;
using System.Text;
using WasmAspire.Wasi.Descriptors;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Functions on open descriptors, but for what they read and write.</summary>
internal static class DescriptorFunctions
{
    private const int FdstatSize = 24;

    // normal, sequential, random, willneed, dontneed, noreuse
    private const int LastAdvice = 5;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, long, long, int, int>(module, "fd_advise", (caller, fd, _, _, advice) =>
            (int)OfFile(caller, fd, (uint)advice <= LastAdvice ? Errno.Success : Errno.Invalid));
        linker.DefineFunction<int, long, long, int>(module, "fd_allocate", (caller, fd, _, _) =>
            (int)OfFile(caller, fd, Errno.NotSupported));
        linker.DefineFunction<int, int>(module, "fd_close", (caller, fd) => (int)new Guest(caller).Wasi.Descriptors.Close(fd));
        linker.DefineFunction<int, int>(module, "fd_datasync", (caller, fd) => (int)OfFile(caller, fd, Errno.Success));
        linker.DefineFunction<int, int, int>(module, "fd_fdstat_get", (caller, fd, result) =>
            (int)FdstatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, int, int>(module, "fd_fdstat_set_flags", (caller, fd, flags) =>
            (int)FdstatSetFlags(new Guest(caller), fd, (DescriptorFlags)flags));
        linker.DefineFunction<int, long, long, int>(module, "fd_fdstat_set_rights", (caller, fd, _, _) =>
            (int)OfNode(caller, fd, Errno.NotSupported));
        linker.DefineFunction<int, int, int>(module, "fd_filestat_get", (caller, fd, result) =>
            (int)FilestatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, long, int>(module, "fd_filestat_set_size", (caller, fd, _) =>
            (int)OfFile(caller, fd, Errno.NotPermitted));
        linker.DefineFunction<int, long, long, int, int>(module, "fd_filestat_set_times", (caller, fd, _, _, flags) =>
            (int)(Timestamps.AreContradictory(flags) ? Errno.Invalid : OfNode(caller, fd, Errno.NotPermitted)));
        linker.DefineFunction<int, int, int>(module, "fd_prestat_get", (caller, fd, result) =>
            (int)PrestatGet(new Guest(caller), fd, result));
        linker.DefineFunction<int, int, int, int>(module, "fd_prestat_dir_name", (caller, fd, path, length) =>
            (int)PrestatDirName(new Guest(caller), fd, path, (uint)length));
        linker.DefineFunction<int, int, int>(module, "fd_renumber", (caller, from, to) =>
            (int)new Guest(caller).Wasi.Descriptors.Renumber(from, to));
        linker.DefineFunction<int, long, int, int, int>(module, "fd_seek", (caller, fd, offset, whence, result) =>
            (int)Seek(new Guest(caller), fd, offset, whence, result));
        linker.DefineFunction<int, int>(module, "fd_sync", (caller, fd) => (int)OfFile(caller, fd, Errno.Success));
        linker.DefineFunction<int, int, int>(module, "fd_tell", (caller, fd, result) =>
            (int)Seek(new Guest(caller), fd, offset: 0, whence: 1, result));
    }

    private static Errno OfFile(Caller caller, int fd, Errno answer) => new Guest(caller)[fd] is FileDescriptor ? answer : Errno.BadDescriptor;

    private static Errno OfNode(Caller caller, int fd, Errno answer) => new Guest(caller)[fd]?.Node is null ? Errno.BadDescriptor : answer;

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
