using WasmAspire.Wasi.Descriptors;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Reading and writing through lists of buffers (iovecs).</summary>
internal static class TransferFunctions
{
    /// <summary>Buffers of one call, as POSIX and wasi-libc have it (<c>IOV_MAX</c>). A list as long as memory would keep the host busy.</summary>
    private const int MaxBuffers = 1024;

    private const int IovecSize = 8;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_pread", (caller, fd, iovecs, count, offset, result) =>
            (int)Read(new Guest(caller), fd, iovecs, count, (ulong)offset, result));
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_pwrite", (caller, fd, _, _, _, _) =>
            (int)(new Guest(caller)[fd] is OutputDescriptor ? Errno.IllegalSeek : Errno.BadDescriptor));
        linker.DefineFunction<int, int, int, int, int>(module, "fd_read", (caller, fd, iovecs, count, result) =>
            (int)Read(new Guest(caller), fd, iovecs, count, offset: null, result));
        linker.DefineFunction<int, int, int, long, int, int>(module, "fd_readdir", (caller, fd, buffer, length, cookie, result) =>
            (int)DirectoryListing.Read(new Guest(caller), fd, buffer, (uint)length, (ulong)cookie, result));
        linker.DefineFunction<int, int, int, int, int>(module, "fd_write", (caller, fd, iovecs, count, result) =>
            (int)Write(new Guest(caller), fd, iovecs, count, result));
    }

    private static Errno ReadIovecs(Guest guest, int address, int count, out Span<byte> iovecs)
    {
        iovecs = default;
        return (uint)count > MaxBuffers ? Errno.Invalid
            : guest.TrySlice(address, count * IovecSize, out iovecs) ? Errno.Success
            : Errno.Fault;
    }

    /// <summary>Reads at the position, or from an offset without moving it.</summary>
    private static Errno Read(Guest guest, int fd, int address, int count, ulong? offset, int result)
    {
        if (guest[fd] is not IReadableDescriptor descriptor)
        {
            return Errno.BadDescriptor;
        }

        var file = descriptor as FileDescriptor;
        if (offset is not null && file is null)
        {
            return Errno.IllegalSeek;
        }

        var error = ReadIovecs(guest, address, count, out var iovecs);
        var total = 0;
        for (; error == Errno.Success && iovecs.Length > 0; iovecs = iovecs[IovecSize..])
        {
            if (!guest.TryBuffer(iovecs, out var buffer))
            {
                return Errno.Fault;
            }

            var read = offset is { } start ? file!.ReadAt(start + (ulong)total, buffer) : descriptor.Read(buffer);
            total += read;
            if (read < buffer.Length)
            {
                break;
            }
        }

        return error == Errno.Success ? guest.Write(result, total) : error;
    }

    private static Errno Write(Guest guest, int fd, int address, int count, int result)
    {
        if (guest[fd] is not OutputDescriptor descriptor)
        {
            return Errno.BadDescriptor;
        }

        var error = ReadIovecs(guest, address, count, out var iovecs);
        var total = 0;
        for (; error == Errno.Success && iovecs.Length > 0; iovecs = iovecs[IovecSize..])
        {
            if (!guest.TryBuffer(iovecs, out var buffer))
            {
                return Errno.Fault;
            }

            if (buffer.Length > int.MaxValue - total)
            {
                // Buffers may overlap, so together they can be more than memory: the rest is for another call.
                break;
            }

            descriptor.Write(buffer);
            total += buffer.Length;
        }

        return error == Errno.Success ? guest.Write(result, total) : error;
    }
}
