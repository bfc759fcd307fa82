using System.Security.Cryptography;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>The end of the process, signals, random bytes.</summary>
internal static class ProcessFunctions
{
    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int>(module, "proc_exit", code => throw new GuestExitException((uint)code));
        linker.DefineFunction<int, int>(module, "proc_raise", _ => (int)Errno.NotSupported);
        linker.DefineFunction<int, int, int>(module, "random_get", (caller, buffer, length) =>
        {
            if (!new Guest(caller).TrySlice(buffer, length, out var bytes))
            {
                return (int)Errno.Fault;
            }

            RandomNumberGenerator.Fill(bytes);
            return (int)Errno.Success;
        });
    }
}
