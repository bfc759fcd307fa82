using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>The guest that makes a call: its state, and its memory as far as it really reaches.</summary>
internal readonly ref struct Guest
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Caller caller;

    public Guest(Caller caller)
    {
        this.caller = caller;
        Wasi = caller.GetData() is IWasiSource source
            ? source.Wasi
            : throw new InvalidOperationException($"A guest uses WASI, but its store's data are no {nameof(IWasiSource)}.");
    }

    /// <summary>The guest's state.</summary>
    public WasiContext Wasi { get; }

    /// <summary>Memory from an address on, or false where it is not all the guest's.</summary>
    public bool TrySlice(int address, int length, out Span<byte> bytes)
    {
        bytes = default;
        try
        {
            return length >= 0 && caller.TryGetMemorySpan("memory", (uint)address, length, out bytes);
        }
        catch (ArgumentException)
        {
            // "Try" is about the name: outside of memory it throws. Asking for the memory's length first would allocate
            // at each call; this costs the guests that lie.
            return false;
        }
    }

    /// <summary>Writes a number or a struct without padding, little-endian as guests and all supported hosts are.</summary>
    public Errno Write<T>(int address, T value)
        where T : unmanaged
    {
        if (!TrySlice(address, Marshal.SizeOf<T>(), out var bytes))
        {
            return Errno.Fault;
        }

        MemoryMarshal.Write(bytes, value);
        return Errno.Success;
    }

    /// <summary>Reads a path: UTF-8 without NUL.</summary>
    public Errno ReadPath(int address, int length, out string path)
    {
        path = "";
        if (!TrySlice(address, length, out var bytes))
        {
            return Errno.Fault;
        }

        if (bytes.Contains((byte)0))
        {
            return Errno.Invalid;
        }

        try
        {
            path = StrictUtf8.GetString(bytes);
            return Errno.Success;
        }
        catch (DecoderFallbackException)
        {
            return Errno.IllegalSequence;
        }
    }

    /// <summary>One of a list of iovecs: address and length of a buffer, 8 bytes each.</summary>
    public bool TryBuffer(int iovecs, int index, out Span<byte> buffer)
    {
        const int Size = 8;
        buffer = default;
        var address = (uint)iovecs + ((long)index * Size);
        return address <= uint.MaxValue
            && TrySlice((int)(uint)address, Size, out var iovec)
            && TrySlice(BinaryPrimitives.ReadInt32LittleEndian(iovec), BinaryPrimitives.ReadInt32LittleEndian(iovec[4..]), out buffer);
    }
}
