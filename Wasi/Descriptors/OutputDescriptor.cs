namespace WasmAspire.Wasi.Descriptors;

/// <summary>stdout or stderr.</summary>
internal sealed class OutputDescriptor(IWasiOutput output) : Descriptor
{
    public override FileType Type => FileType.Unknown;

    public override Rights Rights => Rights.Write | Rights.Poll;

    public override Errno Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        return Errno.Success;
    }
}
