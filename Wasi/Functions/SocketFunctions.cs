
namespace WasmAspire.Wasi.Functions;

/// <summary>There are no sockets: what is open is none, and nothing can open one.</summary>
internal static class SocketFunctions
{
    public static void Define(FunctionTable table)
    {
        table.Define("sock_accept", (Guest guest, int fd, int _, int _) => Refuse(guest, fd));
        table.Define("sock_recv", (Guest guest, int fd, int _, int _, int _, int _, int _) => Refuse(guest, fd));
        table.Define("sock_send", (Guest guest, int fd, int _, int _, int _, int _) => Refuse(guest, fd));
        table.Define("sock_shutdown", (Guest guest, int fd, int _) => Refuse(guest, fd));
    }

    private static Errno Refuse(Guest guest, int fd) =>
        guest[fd] is null ? Errno.BadDescriptor : Errno.NotSocket;
}
