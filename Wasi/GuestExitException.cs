namespace WasmAspire.Wasi;

/// <summary>The guest called <c>proc_exit</c>. It unwinds the guest; the host finds it as the inner exception of Wasmtime's.</summary>
/// <param name="code">The exit code, as the guest gave it.</param>
public sealed class GuestExitException(uint code) : Exception($"The guest left with exit code {code}.")
{
    /// <summary>The exit code, as the guest gave it.</summary>
    public uint Code { get; } = code;
}
