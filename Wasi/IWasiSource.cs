namespace WasmAspire.Wasi;

/// <summary>Data of a Wasmtime store that lead to the WASI state of its guest.</summary>
public interface IWasiSource
{
    /// <summary>The state of the guest's world.</summary>
    WasiContext Wasi { get; }
}
