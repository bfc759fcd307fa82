namespace WasmAspire.Wasi.Descriptors;

/// <summary>Something that may be open for reading. A read never waits: all that will ever come is there.</summary>
internal interface IReadableDescriptor
{
    /// <summary>Whether it is.</summary>
    bool CanRead { get; }

    /// <summary>Bytes up to the end.</summary>
    ulong Available { get; }

    /// <summary>Reads what is next into the buffer, as much as fits.</summary>
    int Read(Span<byte> buffer);
}
