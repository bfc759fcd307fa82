namespace WasmAspire.Wasi.Descriptors;

/// <summary>Something that may be open for writing. A write never waits.</summary>
internal interface IWritableDescriptor
{
    /// <summary>Whether it is.</summary>
    bool CanWrite { get; }

    /// <summary>Writes what comes next. Less than all is written only where there is no room for more.</summary>
    Errno Write(ReadOnlySpan<byte> bytes, out int written);
}
