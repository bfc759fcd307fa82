using System.Text.Json;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// OTLP's JSON (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"): camelCase, enums as integers, 64-bit
/// integers as strings, trace and span ids in hex, other bytes in base64. Defaults are left out.
/// </summary>
internal static partial class OtlpJson
{
    /// <summary><c>{"resourceSpans": […]}</c>, grouped by resource and scope, otherwise in the order given.</summary>
    public static void WriteSpans(Utf8JsonWriter writer, IEnumerable<StoredSpan> spans) =>
        WriteGroups(writer, "resourceSpans", "scopeSpans", "spans", spans, span => span.Resource, span => span.Scope, WriteSpan);

    /// <summary><c>{"resourceLogs": […]}</c>, grouped by resource and scope, otherwise in the order given.</summary>
    public static void WriteLogs(Utf8JsonWriter writer, IEnumerable<StoredLog> logs) =>
        WriteGroups(writer, "resourceLogs", "scopeLogs", "logRecords", logs, log => log.Resource, log => log.Scope, WriteLog);

    /// <summary>A value as people write it: <c>["a", 1]</c>, without the names of OTLP's types.</summary>
    public static byte[] PlainValue(AnyValue value) => JsonText.Write(writer => WritePlain(writer, value));

    private static void WriteGroups<T>(
        Utf8JsonWriter writer, string resourcesName, string scopesName, string itemsName, IEnumerable<T> items,
        Func<T, StoredResource> resourceOf, Func<T, StoredScope> scopeOf, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(resourcesName);
        foreach (var ofResource in items.GroupBy(resourceOf))
        {
            writer.WriteStartObject();
            WriteResource(writer, ofResource.Key.Message);
            writer.WriteStartArray(scopesName);
            foreach (var ofScope in ofResource.GroupBy(scopeOf))
            {
                writer.WriteStartObject();
                WriteScope(writer, ofScope.Key.Message);
                writer.WriteStartArray(itemsName);
                foreach (var item in ofScope)
                {
                    write(writer, item);
                }
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, Resource resource)
    {
        writer.WriteStartObject("resource");
        WriteAttributes(writer, resource.Attributes, resource.DroppedAttributesCount);
        writer.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter writer, InstrumentationScope scope)
    {
        writer.WriteStartObject("scope");
        WriteText(writer, "name", scope.Name);
        WriteText(writer, "version", scope.Version);
        WriteAttributes(writer, scope.Attributes, scope.DroppedAttributesCount);
        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, RepeatedField<KeyValue> attributes, uint dropped)
    {
        if (attributes.Count > 0)
        {
            writer.WriteStartArray("attributes");
            WriteKeyValues(writer, attributes);
            writer.WriteEndArray();
        }
        WriteCount(writer, "droppedAttributesCount", dropped);
    }

    private static void WriteKeyValues(Utf8JsonWriter writer, RepeatedField<KeyValue> attributes)
    {
        foreach (var attribute in attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("key", attribute.Key);
            writer.WritePropertyName("value");
            WriteValue(writer, attribute.Value);
            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, string name, uint value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }

    private static void WriteId(Utf8JsonWriter writer, string name, ByteString id)
    {
        if (!id.IsZero())
        {
            writer.WriteString(name, Convert.ToHexStringLower(id.Span));
        }
    }
}
