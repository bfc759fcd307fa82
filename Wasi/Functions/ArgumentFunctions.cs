using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>Arguments and environment.</summary>
internal static class ArgumentFunctions
{
    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int>(module, "args_get", (caller, pointers, buffer) =>
            (int)Write(new Guest(caller), new Guest(caller).Wasi.Arguments, pointers, buffer));
        linker.DefineFunction<int, int, int>(module, "args_sizes_get", (caller, count, size) =>
            (int)WriteSizes(new Guest(caller), new Guest(caller).Wasi.Arguments, count, size));
        linker.DefineFunction<int, int, int>(module, "environ_get", (caller, pointers, buffer) =>
            (int)Write(new Guest(caller), new Guest(caller).Wasi.Environment, pointers, buffer));
        linker.DefineFunction<int, int, int>(module, "environ_sizes_get", (caller, count, size) =>
            (int)WriteSizes(new Guest(caller), new Guest(caller).Wasi.Environment, count, size));
    }

    private static Errno Write(Guest guest, byte[][] texts, int pointers, int buffer)
    {
        foreach (var text in texts)
        {
            if (!guest.TrySlice(buffer, text.Length, out var place))
            {
                return Errno.Fault;
            }

            text.CopyTo(place);
            if (guest.Write(pointers, buffer) is not Errno.Success and var error)
            {
                return error;
            }

            buffer += text.Length;
            pointers += sizeof(int);
        }

        return Errno.Success;
    }

    private static Errno WriteSizes(Guest guest, byte[][] texts, int count, int size)
    {
        var error = guest.Write(count, texts.Length);
        return error == Errno.Success ? guest.Write(size, texts.Sum(text => text.Length)) : error;
    }
}
