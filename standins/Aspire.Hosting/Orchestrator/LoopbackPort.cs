using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Ports of "localhost": of 127.0.0.1 and, where there is IPv6, of ::1.</summary>
internal static class LoopbackPort
{
    private const int Lowest = 10_000;
    private const string EphemeralRange = "/proc/sys/net/ipv4/ip_local_port_range";
    private static readonly int Highest = ReadEphemeralStart() - 1;

    public static IReadOnlyList<IPAddress> Addresses { get; } =
        Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    /// <summary>
    /// A port that nothing listens on. Below those that the system gives to connections: one of those may be gone before
    /// the process that it is meant for has started.
    /// </summary>
    public static int FindFree()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Highest + 1);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"There is no free port between {Lowest} and {Highest}.");
    }

    /// <summary>Whether a process could listen on the port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            foreach (var socket in Listen(port))
            {
                socket.Dispose();
            }

            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    /// <summary>Listens on every loopback address.</summary>
    /// <exception cref="SocketException">The port is taken on one of them, or not allowed.</exception>
    public static IReadOnlyList<Socket> Listen(int port)
    {
        var sockets = new List<Socket>();
        try
        {
            foreach (var address in Addresses)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen(512);
            }

            return sockets;
        }
        catch (SocketException)
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>Listens on a free port.</summary>
    public static IReadOnlyList<Socket> ListenAnywhere()
    {
        while (true)
        {
            try
            {
                return Listen(FindFree());
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Taken in between.
            }
        }
    }

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int ReadEphemeralStart()
    {
        const int Usual = 32_768;
        var start = File.Exists(EphemeralRange) && int.TryParse(File.ReadAllText(EphemeralRange).Split(null as char[], StringSplitOptions.RemoveEmptyEntries)[0], out var read) ? read : Usual;
        // A system that gives all ports to connections leaves none that are safe; then any will do.
        return start > Lowest + 1000 ? start : Usual;
    }
}
