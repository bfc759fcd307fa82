
namespace WasmAspire.Wasi.Functions;

/// <summary>Arguments and environment.</summary>
internal static class ArgumentFunctions
{
    public static void Define(FunctionTable table)
    {
        table.Define("args_get", (Guest guest, int pointers, int buffer) => Write(guest, guest.Wasi.Arguments, pointers, buffer));
        table.Define("args_sizes_get", (Guest guest, int count, int size) => WriteSizes(guest, guest.Wasi.Arguments, count, size));
        table.Define("environ_get", (Guest guest, int pointers, int buffer) => Write(guest, guest.Wasi.Environment, pointers, buffer));
        table.Define("environ_sizes_get", (Guest guest, int count, int size) => WriteSizes(guest, guest.Wasi.Environment, count, size));
    }

    private static Errno Write(Guest guest, IReadOnlyList<byte[]> texts, int pointers, int buffer)
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

    private static Errno WriteSizes(Guest guest, IReadOnlyList<byte[]> texts, int count, int size)
    {
        var error = guest.Write(count, texts.Count);
        return error == Errno.Success ? guest.Write(size, texts.Sum(text => text.Length)) : error;
    }
}
