using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi.Functions;

/// <summary>Reading and writing through lists of buffers (iovecs).</summary>
internal static class TransferFunctions
{
    /// <summary>Buffers of one call, as POSIX and wasi-libc have it (<c>IOV_MAX</c>). A list as long as memory would keep the host busy.</summary>
    private const int MaxBuffers = 1024;

    private const int IovecSize = 8;

    public static void Define(FunctionTable table)
    {
        table.Define("fd_pread", (Guest guest, int fd, int iovecs, int count, long offset, int result) =>
            Read(guest, fd, iovecs, count, (ulong)offset, result));
        table.Define("fd_pwrite", (Guest guest, int fd, int iovecs, int count, long offset, int result) =>
            Write(guest, fd, iovecs, count, (ulong)offset, result));
        table.Define("fd_read", (Guest guest, int fd, int iovecs, int count, int result) => Read(guest, fd, iovecs, count, offset: null, result));
        table.Define("fd_readdir", (Guest guest, int fd, int buffer, int length, long cookie, int result) =>
            DirectoryListing.Read(guest, fd, buffer, (uint)length, (ulong)cookie, result));
        table.Define("fd_write", (Guest guest, int fd, int iovecs, int count, int result) => Write(guest, fd, iovecs, count, offset: null, result));
    }

    private static Errno ReadIovecs(Guest guest, int address, int count, out Span<byte> iovecs)
    {
        iovecs = default;
        if ((uint)count > MaxBuffers)
        {
            return Errno.Invalid;
        }

        if (!guest.TrySlice(address, count * IovecSize, out iovecs))
        {
            return Errno.Fault;
        }

        guest.Moved(0);
        return Errno.Success;
    }

    /// <summary>Reads at the position, or from an offset without moving it.</summary>
    private static Errno Read(Guest guest, int fd, int address, int count, ulong? offset, int result)
    {
        if (guest[fd] is not IReadableDescriptor { CanRead: true } descriptor)
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
            guest.Moved(total);
            if (read < buffer.Length)
            {
                break;
            }
        }

        return error == Errno.Success ? guest.Write(result, total) : error;
    }

    /// <summary>Writes at the position, or to an offset without moving it. What has no room any more is left out; only where nothing has, it is an error.</summary>
    private static Errno Write(Guest guest, int fd, int address, int count, ulong? offset, int result)
    {
        if (guest[fd] is not IWritableDescriptor { CanWrite: true } descriptor)
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

            if (buffer.Length > int.MaxValue - total)
            {
                // Buffers may overlap, so together they can be more than memory: the rest is for another call.
                break;
            }

            error = offset is { } start
                ? file!.WriteAt(start + (ulong)total, buffer, out var written)
                : descriptor.Write(buffer, out written);
            total += written;
            guest.Moved(total);
            if (written < buffer.Length)
            {
                break;
            }
        }

        return error == Errno.Success || total > 0 ? guest.Write(result, total) : error;
    }
}
