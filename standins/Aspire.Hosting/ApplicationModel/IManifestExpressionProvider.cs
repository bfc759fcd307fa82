namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value as the manifest writes it.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>For example <c>{redis.bindings.tcp.port}</c>.</summary>
    string ValueExpression { get; }
}
