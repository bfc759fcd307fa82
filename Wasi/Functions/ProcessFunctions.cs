using System.Security.Cryptography;

namespace WasmAspire.Wasi.Functions;

/// <summary>The end of the process, signals, random bytes.</summary>
internal static class ProcessFunctions
{
    // As many as Wasmtime gives at once. Nothing can end the guest before a call is over.
    private const uint MaxRandomBytes = 64 << 20;

    public static void Define(FunctionTable table)
    {
        table.DefineExit("proc_exit", (Guest guest, int code) => guest.Exit((uint)code));
        table.Define("proc_raise", (Guest guest, int _) => Errno.NotSupported);
        table.Define("random_get", (Guest guest, int buffer, int length) => RandomGet(guest, buffer, length));
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
