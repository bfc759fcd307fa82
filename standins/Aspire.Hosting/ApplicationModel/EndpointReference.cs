namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, by its name. Its own value is its URL.</summary>
public sealed class EndpointReference : IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    private readonly IResourceWithEndpoints owner;

    /// <summary>Names the endpoint <paramref name="endpointName"/> of <paramref name="owner"/>, which may be added later.</summary>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        this.owner = owner;
        EndpointName = endpointName;
    }

    internal string EndpointName { get; }

    internal bool Exists => Find() is not null;

    internal bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    internal EndpointAnnotation EndpointAnnotation =>
        Find() ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not defined for the resource `{owner.Name}`.");

    internal string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => Binding("url");

    IEnumerable<object> IValueWithReferences.References => [owner];

    private AllocatedEndpoint Allocated =>
        EndpointAnnotation.AllocatedEndpoint ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not allocated for the resource `{owner.Name}`.");

    /// <summary>One part of the endpoint's address.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);

    internal string Binding(string property) => $"{{{owner.Name}.bindings.{EndpointName}.{property}}}";

    internal string GetValue(EndpointProperty property) => property switch
    {
        EndpointProperty.Host => Allocated.Address,
        EndpointProperty.Port => FormattableString.Invariant($"{Allocated.Port}"),
        _ => throw new InvalidOperationException($"The property '{property}' is not supported for the endpoint '{EndpointName}'."),
    };

    private EndpointAnnotation? Find() =>
        owner.Annotations.OfType<EndpointAnnotation>().SingleOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
