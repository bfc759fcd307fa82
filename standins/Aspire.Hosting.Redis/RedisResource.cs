namespace Aspire.Hosting.ApplicationModel;

/// <summary>Redis in a container.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";

    private readonly EndpointReference endpoint;
    private readonly ParameterResource password;

    internal RedisResource(string name, ParameterResource password)
        : base(name)
    {
        this.password = password;
        endpoint = new(this, EndpointName);
    }

    /// <summary>Host, port and password.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)},password={password}");

    internal override string Alternative => $", or install redis-server, or set ConnectionStrings:{Name}";
}
