namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource is to have.</summary>
/// <param name="name">Unique in the resource.</param>
internal sealed class EndpointAnnotation(string name) : IResourceAnnotation
{
    public string Name => name;

    public string UriScheme { get; set; } = "tcp";

    /// <summary>The port that clients use; null or 0: any free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the resource itself listens on; null: a free one for each replica.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The host that the resource itself listens on.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>False: the resource listens on <see cref="Port"/> itself, and can have no replicas.</summary>
    public bool IsProxied { get; set; } = true;

    public bool IsExternal { get; set; }

    /// <summary>Where <see cref="Port"/> comes from, for whoever has to change it.</summary>
    public string? PortSource { get; set; }

    /// <summary>Set when the application starts; stays null where the port is taken.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    public bool IsHttp => UriScheme is "http" or "https";
}
