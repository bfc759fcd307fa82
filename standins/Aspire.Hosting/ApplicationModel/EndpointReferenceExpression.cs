namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public class EndpointReferenceExpression : IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    private readonly EndpointReference endpoint;
    private readonly EndpointProperty property;

    internal EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property)
    {
        this.endpoint = endpoint;
        this.property = property;
    }

    /// <summary>The part as the manifest writes it.</summary>
    public string ValueExpression => property switch
    {
        EndpointProperty.Host => endpoint.Binding("host"),
        EndpointProperty.Port => endpoint.Binding("port"),
        _ => throw new InvalidOperationException($"The property '{property}' is not supported for the endpoint '{endpoint.EndpointName}'."),
    };

    IEnumerable<object> IValueWithReferences.References => [endpoint];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(endpoint.GetValue(property));
}
