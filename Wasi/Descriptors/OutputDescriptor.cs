namespace WasmAspire.Wasi.Descriptors;

/// <summary>stdout or stderr.</summary>
internal sealed class OutputDescriptor(IWasiOutput output) : Descriptor
{
    public override Rights Rights => Rights.Write;

    /// <summary>Writes all of the bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
