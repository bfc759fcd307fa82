using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Gives endpoints their ports, and proxies to those that want one.</summary>
internal sealed class EndpointAllocator(IConfiguration configuration)
{
    private readonly bool randomizePorts = configuration.IsTrue("DcpPublisher:RandomizePorts");

    /// <summary>Allocates an endpoint for the replicas of its resource.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="replicas">Their target ports are set.</param>
    /// <returns>The proxy, or null where the resource listens itself.</returns>
    /// <exception cref="DistributedApplicationException">The port is taken, or the endpoint's settings contradict each other.</exception>
    public TcpProxy? Allocate(EndpointAnnotation endpoint, IReadOnlyList<Replica> replicas)
    {
        var resource = replicas[0].Resource;
        return endpoint.IsProxied ? AllocateProxied(resource, endpoint, replicas) : AllocateUnproxied(resource, endpoint, replicas);
    }

    private TcpProxy AllocateProxied(IResource resource, EndpointAnnotation endpoint, IReadOnlyList<Replica> replicas)
    {
        if (endpoint.TargetPort is not null && endpoint.TargetPort == endpoint.Port)
        {
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' for resource '{resource.Name}' requested a proxy (isProxied is true). Non-container resources cannot be proxied when both TargetPort and Port are specified with the same value.");
        }

        if (endpoint.TargetPort is not null && replicas.Count > 1)
        {
            throw new DistributedApplicationException($"Resource '{resource.Name}' uses multiple replicas and a fixed target port for its endpoint '{endpoint.Name}'. Leave the target port out.");
        }

        foreach (var replica in replicas)
        {
            replica.TargetPorts[endpoint.Name] = endpoint.TargetPort ?? LoopbackPort.FindFree();
        }

        var port = randomizePorts || endpoint.Port == 0 ? null : endpoint.Port;
        var proxy = StartProxy(resource, endpoint, port, () =>
            [.. replicas.Where(r => r.Process is { HasExited: false }).Select(r => r.TargetPorts[endpoint.Name])]);
        endpoint.AllocatedEndpoint = new(endpoint.UriScheme, ClientHost(endpoint), proxy.Port);
        return proxy;
    }

    private static TcpProxy StartProxy(IResource resource, EndpointAnnotation endpoint, int? port, Func<IReadOnlyList<int>> targets)
    {
        try
        {
            return TcpProxy.Start(port, targets);
        }
        catch (SocketException e) when (port is not null)
        {
            throw Refused(resource, endpoint, port.Value, e.SocketErrorCode);
        }
    }

    private static TcpProxy? AllocateUnproxied(IResource resource, EndpointAnnotation endpoint, IReadOnlyList<Replica> replicas)
    {
        if (replicas.Count > 1)
        {
            throw new DistributedApplicationException($"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
        }

        var port = endpoint.Port is null or 0 ? endpoint.TargetPort ?? LoopbackPort.FindFree() : endpoint.Port.Value;
        if (!LoopbackPort.IsFree(port))
        {
            throw Refused(resource, endpoint, port, SocketError.AddressAlreadyInUse);
        }

        replicas[0].TargetPorts[endpoint.Name] = endpoint.TargetPort ?? port;
        endpoint.AllocatedEndpoint = new(endpoint.UriScheme, ClientHost(endpoint), port);
        return null;
    }

    private static string ClientHost(EndpointAnnotation endpoint) =>
        IPAddress.TryParse(endpoint.TargetHost, out var address) && IPAddress.IsLoopback(address) ? address.ToString() : "localhost";

    private static DistributedApplicationException Refused(IResource resource, EndpointAnnotation endpoint, int port, SocketError error)
    {
        var why = error == SocketError.AccessDenied ? "may not be used by this user" : "is in use by another program";
        var where = endpoint.PortSource is null ? "" : $" ({endpoint.PortSource})";
        return new($"Port {port} of the endpoint '{endpoint.Name}' of '{resource.Name}' {why}. Stop that program, or choose another port{where}. The other resources go on without '{resource.Name}'.");
    }
}
