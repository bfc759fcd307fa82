using WasmAspire.Wasi;

namespace WasmAspire.Tests.Wasi;

/// <summary>Takes nothing, and ends whoever writes.</summary>
internal sealed class FullOutput : IWasiOutput
{
    public void Write(ReadOnlySpan<byte> bytes) => throw new HostStoppedException();
}
