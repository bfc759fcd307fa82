using System.Security.Cryptography;
using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>The end of the process, signals, random bytes.</summary>
internal static class ProcessFunctions
{
    // As many as Wasmtime gives at once. Nothing can end the guest before a call is over.
    private const uint MaxRandomBytes = 64 << 20;

    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int>(module, "proc_exit", code => throw new GuestExitException((uint)code));
        linker.DefineFunction<int, int>(module, "proc_raise", _ => (int)Errno.NotSupported);
        linker.DefineFunction<int, int, int>(module, "random_get", (caller, buffer, length) => (int)RandomGet(new Guest(caller), buffer, length));
    }

    private static Errno RandomGet(Guest guest, int buffer, int length)
    {
        if ((uint)length > MaxRandomBytes)
        {
            return Errno.Invalid;
        }

        if (!guest.TrySlice(buffer, length, out var bytes))
        {
            return Errno.Fault;
        }

        RandomNumberGenerator.Fill(bytes);
        return Errno.Success;
    }
}
