using WasmAspire.Wasi.Functions;
using Wasmtime;

namespace WasmAspire.Wasi;

/// <summary>Gives guests WASI preview 1.</summary>
public static class WasiLinkerExtensions
{
    /// <summary>
    /// Defines the 46 functions of <c>wasi_snapshot_preview1</c>. They act on the state that the store's data lead to
    /// (<see cref="IWasiSource"/>) and on nothing of the host's.
    /// </summary>
    public static void DefineVirtualWasi(this Linker linker)
    {
        ArgumentNullException.ThrowIfNull(linker);
        var table = new FunctionTable(linker);
        ArgumentFunctions.Define(table);
        ClockFunctions.Define(table);
        DescriptorFunctions.Define(table);
        PathFunctions.Define(table);
        PollFunctions.Define(table);
        ProcessFunctions.Define(table);
        SocketFunctions.Define(table);
        TransferFunctions.Define(table);
    }
}
