using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>
/// Defines functions of <c>wasi_snapshot_preview1</c>. Each call goes through a <see cref="Guest"/> that lives as long as
/// the call, so that none ends unobserved. The
/// first parameter is an i32 in all functions.
/// </summary>
internal sealed class FunctionTable(Linker linker)
{
    private const string Module = "wasi_snapshot_preview1";

    public void Define(string name, Func<Guest, Errno> function) =>
        linker.DefineFunction<int>(Module, name, caller =>
        {
            using var guest = new Guest(caller, name, -1);
            return guest.Return(function(guest));
        });

    public void Define(string name, Func<Guest, int, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, int>(Module, name, (caller, first) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first));
        });
    }

    public void Define<T2>(string name, Func<Guest, int, T2, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, int>(Module, name, (caller, first, second) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!));
        });
    }

    public void Define<T2, T3>(string name, Func<Guest, int, T2, T3, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, int>(Module, name, (caller, first, second, third) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!));
        });
    }

    public void Define<T2, T3, T4>(string name, Func<Guest, int, T2, T3, T4, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, T4, int>(Module, name, (caller, first, second, third, fourth) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!, fourth!));
        });
    }

    public void Define<T2, T3, T4, T5>(string name, Func<Guest, int, T2, T3, T4, T5, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, T4, T5, int>(Module, name, (caller, first, second, third, fourth, fifth) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!, fourth!, fifth!));
        });
    }

    public void Define<T2, T3, T4, T5, T6>(string name, Func<Guest, int, T2, T3, T4, T5, T6, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, T4, T5, T6, int>(Module, name, (caller, first, second, third, fourth, fifth, sixth) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!, fourth!, fifth!, sixth!));
        });
    }

    public void Define<T2, T3, T4, T5, T6, T7>(string name, Func<Guest, int, T2, T3, T4, T5, T6, T7, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, T4, T5, T6, T7, int>(Module, name, (caller, first, second, third, fourth, fifth, sixth, seventh) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!, fourth!, fifth!, sixth!, seventh!));
        });
    }

    public void Define<T2, T3, T4, T5, T6, T7, T8, T9>(string name, Func<Guest, int, T2, T3, T4, T5, T6, T7, T8, T9, Errno> function)
    {
        var on = TakesDescriptor(name);
        linker.DefineFunction<int, T2, T3, T4, T5, T6, T7, T8, T9, int>(Module, name, (caller, first, second, third, fourth, fifth, sixth, seventh, eighth, ninth) =>
        {
            using var guest = new Guest(caller, name, on ? first : -1);
            return guest.Return(function(guest, first, second!, third!, fourth!, fifth!, sixth!, seventh!, eighth!, ninth!));
        });
    }

    /// <summary>Defines a function that never returns.</summary>
    public void DefineExit(string name, Func<Guest, int, Exception> function) =>
        linker.DefineFunction<int>(Module, name, (caller, first) =>
        {
            using var guest = new Guest(caller, name, -1);
            throw function(guest, first);
        });

    /// <summary>Whether the first parameter is the descriptor that the function works on. It is in all that take one, but for <c>path_symlink</c>.</summary>
    private static bool TakesDescriptor(string name) =>
        name != "path_symlink" && name.Split('_')[0] is "fd" or "path" or "sock";
}
