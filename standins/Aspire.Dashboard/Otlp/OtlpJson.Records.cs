using System.Globalization;
using System.Text.Json;
using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <content>Spans and log records.</content>
internal static partial class OtlpJson
{
    private static void WriteSpan(Utf8JsonWriter writer, StoredSpan stored)
    {
        var span = stored.Message;
        writer.WriteStartObject();
        WriteId(writer, "traceId", span.TraceId);
        WriteId(writer, "spanId", span.SpanId);
        WriteText(writer, "traceState", span.TraceState);
        WriteId(writer, "parentSpanId", span.ParentSpanId);
        WriteCount(writer, "flags", span.Flags);
        writer.WriteString("name", span.Name);
        writer.WriteNumber("kind", (int)span.Kind);
        WriteTime(writer, "startTimeUnixNano", span.StartTimeUnixNano);
        WriteTime(writer, "endTimeUnixNano", span.EndTimeUnixNano);
        WriteAttributes(writer, span.Attributes, span.DroppedAttributesCount);
        WriteEvents(writer, span);
        WriteLinks(writer, span);
        if (span.Status is { } status)
        {
            writer.WriteStartObject("status");
            WriteText(writer, "message", status.Message);
            WriteCount(writer, "code", (uint)status.Code);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, Span span)
    {
        if (span.Events.Count > 0)
        {
            writer.WriteStartArray("events");
            foreach (var spanEvent in span.Events)
            {
                writer.WriteStartObject();
                WriteTime(writer, "timeUnixNano", spanEvent.TimeUnixNano);
                writer.WriteString("name", spanEvent.Name);
                WriteAttributes(writer, spanEvent.Attributes, spanEvent.DroppedAttributesCount);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        WriteCount(writer, "droppedEventsCount", span.DroppedEventsCount);
    }

    private static void WriteLinks(Utf8JsonWriter writer, Span span)
    {
        if (span.Links.Count > 0)
        {
            writer.WriteStartArray("links");
            foreach (var link in span.Links)
            {
                writer.WriteStartObject();
                WriteId(writer, "traceId", link.TraceId);
                WriteId(writer, "spanId", link.SpanId);
                WriteText(writer, "traceState", link.TraceState);
                WriteAttributes(writer, link.Attributes, link.DroppedAttributesCount);
                WriteCount(writer, "flags", link.Flags);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        WriteCount(writer, "droppedLinksCount", span.DroppedLinksCount);
    }

    private static void WriteLog(Utf8JsonWriter writer, StoredLog stored)
    {
        var log = stored.Message;
        writer.WriteStartObject();
        WriteTime(writer, "timeUnixNano", log.TimeUnixNano);
        WriteTime(writer, "observedTimeUnixNano", log.ObservedTimeUnixNano);
        WriteCount(writer, "severityNumber", (uint)log.SeverityNumber);
        WriteText(writer, "severityText", log.SeverityText);
        if (log.Body is { } body)
        {
            writer.WritePropertyName("body");
            WriteValue(writer, body);
        }
        WriteAttributes(writer, log.Attributes, log.DroppedAttributesCount);
        WriteCount(writer, "flags", log.Flags);
        WriteId(writer, "traceId", log.TraceId);
        WriteId(writer, "spanId", log.SpanId);
        WriteText(writer, "eventName", log.EventName);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, ulong nanoseconds)
    {
        if (nanoseconds != 0)
        {
            writer.WriteString(name, nanoseconds.ToString(CultureInfo.InvariantCulture));
        }
    }
}
