using Wasmtime;

namespace WasmAspire.Wasi.Functions;

/// <summary>There are no sockets: what is open is none, and nothing can open one.</summary>
internal static class SocketFunctions
{
    public static void Define(Linker linker, string module)
    {
        linker.DefineFunction<int, int, int, int>(module, "sock_accept", (caller, fd, _, _) => (int)Refuse(caller, fd));
        linker.DefineFunction<int, int, int, int, int, int, int>(module, "sock_recv", (caller, fd, _, _, _, _, _) => (int)Refuse(caller, fd));
        linker.DefineFunction<int, int, int, int, int, int>(module, "sock_send", (caller, fd, _, _, _, _) => (int)Refuse(caller, fd));
        linker.DefineFunction<int, int, int>(module, "sock_shutdown", (caller, fd, _) => (int)Refuse(caller, fd));
    }

    private static Errno Refuse(Caller caller, int fd) =>
        new Guest(caller)[fd] is null ? Errno.BadDescriptor : Errno.NotSocket;
}
