using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using WasmAspire.Wasi.Descriptors;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>The guest during one call: its state, and its memory as far as it really reaches. The observer is told when it is disposed.</summary>
internal readonly ref struct Guest
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Caller caller;
    private readonly Span<byte> seen;

    /// <param name="caller">Who calls.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="fd">The descriptor that it is called on; -1 for none.</param>
    public Guest(Caller caller, string function, int fd)
    {
        // The guest may have used up its part of the thread's stack, and the host of this library may have given it all.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        this.caller = caller;
        Wasi = caller.GetData() is IWasiSource source
            ? source.Wasi
            : throw new InvalidOperationException($"A guest uses WASI, but its store's data are no {nameof(IWasiSource)}.");
        Wasi.Checkpoint?.Invoke();
        if (Wasi.Observer is not null)
        {
            Wasi.Call = WasiCall.Begin(function, fd);
        }

        seen = SeenMemory();
    }

    /// <summary>The guest's state.</summary>
    public WasiContext Wasi { get; }

    /// <summary>What is open under a number, or null.</summary>
    public Descriptor? this[int fd] => Wasi.Descriptors[fd];

    /// <summary>The directory that is open under a number; null for anything else.</summary>
    public VirtualDirectory? DirectoryOf(int fd) => (this[fd] as DirectoryDescriptor)?.Directory;

    /// <summary>Ends the call.</summary>
    public void Dispose() => Wasi.Observer?.Called(in Wasi.Call);

    /// <summary>Notes what the function returns.</summary>
    public int Return(Errno errno)
    {
        Wasi.Call.Errno = errno;
        return (int)errno;
    }

    /// <summary>Notes that the guest leaves.</summary>
    public GuestExitException Exit(uint code)
    {
        Wasi.Call.ExitCode = code;
        return new GuestExitException(code);
    }

    /// <summary>Notes the descriptor that the function is called on, where it is not the first parameter.</summary>
    public Guest On(int fd)
    {
        Wasi.Call.Descriptor = fd;
        return this;
    }

    /// <summary>Notes how many bytes have come or gone so far.</summary>
    public void Moved(long bytes) => Wasi.Call.Bytes = bytes;

    /// <summary>Memory from an address on, or false where it is not all the guest's. Of no bytes, any address will do.</summary>
    public bool TrySlice(int address, int length, out Span<byte> bytes)
    {
        var end = (uint)address + (long)(uint)length;
        if (length >= 0 && end <= seen.Length)
        {
            bytes = seen.Slice(address, length);
            return true;
        }

        if (!TryGetMemory(address, length, out bytes))
        {
            return false;
        }

        if (length > 0)
        {
            Wasi.SeeMemory(end);
        }

        return true;
    }

    /// <summary>As <see cref="TrySlice"/>, of a buffer that need not be used whole: past 2 GiB, its beginning will do.</summary>
    public bool TrySliceUpTo(int address, uint length, out Span<byte> bytes) =>
        TrySlice(address, (int)Math.Min(length, int.MaxValue), out bytes);

    /// <summary>One of a list of iovecs: address and length of a buffer, 8 bytes each.</summary>
    public bool TryBuffer(scoped ReadOnlySpan<byte> iovec, out Span<byte> buffer) =>
        TrySliceUpTo(BinaryPrimitives.ReadInt32LittleEndian(iovec), BinaryPrimitives.ReadUInt32LittleEndian(iovec[4..]), out buffer);

    /// <summary>Writes a number or a struct without padding, little-endian as guests and all supported hosts are.</summary>
    public Errno Write<T>(int address, T value)
        where T : unmanaged
    {
        if (!TrySlice(address, Unsafe.SizeOf<T>(), out var bytes))
        {
            return Errno.Fault;
        }

        MemoryMarshal.Write(bytes, value);
        return Errno.Success;
    }

    /// <summary>Reads a path: UTF-8, and not longer than a path may be.</summary>
    public Errno ReadPath(int address, int length, out string path)
    {
        path = "";
        if ((uint)length > PathLookup.MaxPathBytes)
        {
            return Errno.NameTooLong;
        }

        if (!TrySlice(address, length, out var bytes))
        {
            return Errno.Fault;
        }

        try
        {
            path = StrictUtf8.GetString(bytes);
            Wasi.Call.Path ??= path;
            return Errno.Success;
        }
        catch (DecoderFallbackException)
        {
            return Errno.IllegalSequence;
        }
    }

    /// <summary>Reads a path, and the directory that it starts from.</summary>
    public Errno ReadPath(int fd, int address, int length, out VirtualDirectory? from, out string path)
    {
        path = "";
        from = DirectoryOf(fd);
        return from is null ? Errno.BadDescriptor : ReadPath(address, length, out path);
    }

    /// <summary>As <see cref="ReadPath(int, int, int, out VirtualDirectory?, out string)"/>, of a path to something that is to change.</summary>
    public Errno ReadPathToChange(int fd, int address, int length, out VirtualDirectory? from, out string path)
    {
        var error = ReadPath(fd, address, length, out from, out path);
        return error == Errno.Success && !from!.LeadsToWritable ? Errno.NotPermitted : error;
    }

    /// <summary>
    /// The part of memory that earlier calls have used, in one piece: looking memory up costs more than all else that a
    /// call does, and most need it three times. Memory never shrinks, but a call may come from another module of the job.
    /// </summary>
    private Span<byte> SeenMemory()
    {
        if (Wasi.SeenMemory == 0)
        {
            return [];
        }

        if (!TryGetMemory(0, Wasi.SeenMemory, out var bytes))
        {
            Wasi.ForgetMemory();
        }

        return bytes;
    }

    private bool TryGetMemory(int address, int length, out Span<byte> bytes)
    {
        bytes = default;
        try
        {
            return length == 0 || (length > 0 && caller.TryGetMemorySpan("memory", (uint)address, length, out bytes));
        }
        catch (ArgumentException)
        {
            // "Try" is about the name: outside of memory it throws. Asking for the memory's length first would allocate
            // at each call; this costs the guests that lie.
            return false;
        }
    }
}
