using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint, or changes the one of that name; what is null does not change.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that clients use; null or 0: a free one.</param>
    /// <param name="targetPort">The port that the resource itself listens on; null: a free one for each replica.</param>
    /// <param name="scheme">The scheme of its URL, by default the protocol.</param>
    /// <param name="name">By default the scheme.</param>
    /// <param name="env">An environment variable that is to hold the target port.</param>
    /// <param name="isProxied">False: the resource listens on <paramref name="port"/> itself. By default the AppHost does, and hands each connection on.</param>
    /// <param name="isExternal">Whether a deployment opens it to the outside.</param>
    /// <param name="protocol">TCP, the default.</param>
    /// <exception cref="NotSupportedException">Another protocol.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        if (protocol is not (null or ProtocolType.Tcp))
        {
            throw new NotSupportedException($"The stand-in for Aspire.Hosting has TCP endpoints only, not {protocol}.");
        }

        var endpoint = FindOrAdd(builder.Resource, name ?? scheme ?? "tcp", scheme ?? "tcp");
        endpoint.Port = port ?? endpoint.Port;
        endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
        endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
        return env is null
            ? builder
            : builder.WithAnnotation(new EnvironmentCallbackAnnotation(context =>
                context.EnvironmentVariables[env] = new ReplicaValue(replica => FormattableString.Invariant($"{replica.TargetPorts[endpoint.Name]}"))));
    }

    /// <summary>Adds an HTTP endpoint, or changes the one of that name; what is null does not change.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, scheme: "http", name, env, isProxied);

    /// <summary>A deployment opens the HTTP endpoints that the resource has by now to the outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.GetEndpoints().Where(e => e.IsHttp))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    private static EndpointAnnotation FindOrAdd(IResource resource, string name, string scheme)
    {
        var endpoint = resource.GetEndpoints().FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (endpoint is null)
        {
            endpoint = new EndpointAnnotation(name) { UriScheme = scheme };
            resource.Annotations.Add(endpoint);
        }

        return endpoint;
    }
}
