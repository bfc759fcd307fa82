using System.Globalization;
using System.Text;
using Aspire.Dashboard.Otlp;
using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Attributes as text.</summary>
internal static class AttributeExtensions
{
    /// <summary>The value of the first attribute of that key; null where there is none.</summary>
    public static string? Find(this IEnumerable<KeyValue> attributes, string key)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key == key)
            {
                return attribute.Value.Text();
            }
        }
        return null;
    }

    /// <summary>As people read it: text as it is, numbers in full, bytes in hex, arrays and maps as JSON.</summary>
    public static string Text(this AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => Convert.ToHexStringLower(value.BytesValue.Span),
        AnyValue.ValueOneofCase.ArrayValue or AnyValue.ValueOneofCase.KvlistValue => Encoding.UTF8.GetString(OtlpJson.PlainValue(value)),
        _ => "",
    };
}
