using WasmAspire.Wasi.Functions;
using Wasmtime;

namespace WasmAspire.Wasi;

/// <summary>Gives guests WASI preview 1.</summary>
public static class WasiLinkerExtensions
{
    private const string Module = "wasi_snapshot_preview1";

    /// <summary>
    /// Defines the 46 functions of <c>wasi_snapshot_preview1</c>. They act on the state that the store's data lead to
    /// (<see cref="IWasiSource"/>) and on nothing of the host's.
    /// </summary>
    public static void DefineVirtualWasi(this Linker linker)
    {
        ArgumentNullException.ThrowIfNull(linker);
        ArgumentFunctions.Define(linker, Module);
        ClockFunctions.Define(linker, Module);
        DescriptorFunctions.Define(linker, Module);
        PathFunctions.Define(linker, Module);
        PollFunctions.Define(linker, Module);
        ProcessFunctions.Define(linker, Module);
        SocketFunctions.Define(linker, Module);
        TransferFunctions.Define(linker, Module);
    }
}
