namespace WasmAspire.Wasi.Descriptors;

/// <summary>stdout or stderr.</summary>
internal sealed class OutputDescriptor(IWasiOutput output) : Descriptor, IWritableDescriptor
{
    public override Rights Rights => Rights.Write;

    public bool CanWrite => true;

    public Errno Write(ReadOnlySpan<byte> bytes, out int written)
    {
        output.Write(bytes);
        written = bytes.Length;
        return Errno.Success;
    }
}
