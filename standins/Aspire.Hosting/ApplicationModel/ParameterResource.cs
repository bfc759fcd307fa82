using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside.</summary>
public class ParameterResource : Resource, IValueProvider, IManifestExpressionProvider, IResourceWithoutLifetime
{
    private readonly Lazy<string> value;

    internal ParameterResource(string name, Func<string> value, GeneratedPassword? generated = null)
        : base(name)
    {
        this.value = new(value);
        Generated = generated;
    }

    /// <summary>How a deployment makes the value where nobody gives one.</summary>
    internal GeneratedPassword? Generated { get; }

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.value}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(value.Value);

    internal void WriteToManifest(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "parameter.v0");
        writer.WriteString("value", $"{{{Name}.inputs.value}}");
        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        writer.WriteBoolean("secret", true);
        if (Generated is not null)
        {
            writer.WriteStartObject("default");
            Generated.WriteToManifest(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
