using WasmAspire.Wasi;

namespace WasmAspire.Tests.Wasi;

/// <summary>Store data that hold nothing but the WASI state.</summary>
internal sealed class ProbeWorld(WasiOptions options) : IWasiSource
{
    public WasiContext Wasi { get; } = new(options);
}
