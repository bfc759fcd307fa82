using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>Reads addresses to listen on, as ASP.NET Core writes them: <c>http://localhost:5080;https://localhost:5443</c>.</summary>
internal static class ListeningUrls
{
    /// <summary>Returns the addresses, each with a name for its endpoint: its scheme, numbered from the second one on.</summary>
    /// <param name="urls">The addresses.</param>
    /// <param name="source">Where they were set, for the message about one that cannot be read.</param>
    /// <exception cref="DistributedApplicationException">One of them is no address.</exception>
    public static IReadOnlyList<(string EndpointName, BindingAddress Address)> Parse(string urls, string source)
    {
        var addresses = new List<(string EndpointName, BindingAddress Address)>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = ParseOne(url, source);
            var sameScheme = addresses.Count(a => a.Address.Scheme == address.Scheme);
            addresses.Add((sameScheme == 0 ? address.Scheme : FormattableString.Invariant($"{address.Scheme}{sameScheme + 1}"), address));
        }

        return addresses;
    }

    private static BindingAddress ParseOne(string url, string source)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && address is { IsUnixPipe: false, IsNamedPipe: false, Port: >= 0 and <= ushort.MaxValue })
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // Told below, with the setting to correct.
        }

        throw new DistributedApplicationException($"'{url}' is not an address to listen on, such as http://localhost:5080. It is set by {source}.");
    }
}
