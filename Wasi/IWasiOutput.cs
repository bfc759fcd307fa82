namespace WasmAspire.Wasi;

/// <summary>Where a guest's stdout or stderr goes.</summary>
public interface IWasiOutput
{
    /// <summary>Takes all of the bytes, on the guest's own thread. An exception ends the guest.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
