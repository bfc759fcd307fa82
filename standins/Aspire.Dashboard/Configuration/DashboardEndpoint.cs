using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Dashboard.Configuration;

/// <summary>One address to listen on, from an http URL.</summary>
internal sealed record DashboardEndpoint(Door Door, string Host, int Port)
{
    /// <summary>False only where the user named an address that other machines reach.</summary>
    public bool IsLoopback => IsLocalhost || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    private bool IsLocalhost => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DashboardStartException">A URL that cannot be listened on.</exception>
    public static IReadOnlyList<DashboardEndpoint> Parse(Door door, string variable, string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => ParseOne(door, variable, url))];

    /// <summary>Binds Kestrel to this address.</summary>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(Host, out var address))
        {
            kestrel.Listen(address, Port, configure);
        }
        else if (!IsLocalhost)
        {
            kestrel.ListenAnyIP(Port, configure);
        }
        else if (Port == 0)
        {
            // Kestrel refuses to pick one port for both loopback families.
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        }
        else
        {
            kestrel.ListenLocalhost(Port, configure);
        }
    }

    private static DashboardEndpoint ParseOne(Door door, string variable, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new DashboardStartException($"{variable} is '{url}', which is not a URL. Give one such as http://localhost:18888.");
        }
        if (address.Scheme != "http")
        {
            throw new DashboardStartException($"{variable} is '{url}', but this dashboard speaks plain http only. Give an http URL.");
        }
        var host = address.Host.Trim('[', ']');
        var known = host is "*" or "+" || IPAddress.TryParse(host, out _);
        var endpoint = new DashboardEndpoint(door, host, address.Port);
        return known || endpoint.IsLoopback
            ? endpoint
            : throw new DashboardStartException($"{variable} is '{url}', but '{host}' is neither localhost nor an IP address. Use * to listen on every address.");
    }
}
