using System.Text.Json;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>The waterfall as its script reads it.</summary>
internal static class WaterfallJson
{
    private const int AxisParts = 4;

    public static byte[] Write(TraceSnapshot trace, Func<StoredResource, string> names) => JsonText.Write(writer =>
    {
        var waterfall = Waterfall.Of(trace);
        writer.WriteStartObject();
        WriteFields(writer, trace.Summary, waterfall);
        WriteAxis(writer, trace.Summary);
        var indexes = WriteResources(writer, trace.Summary, names);
        writer.WriteStartArray("rows");
        foreach (var row in waterfall.Rows)
        {
            WriteRow(writer, row, indexes[row.Span.Resource]);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>No trace of that id, so far.</summary>
    public static byte[] WriteNone() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("rows");
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>What the page's head says, by the names that its elements have.</summary>
    private static void WriteFields(Utf8JsonWriter writer, TraceSummary summary, Waterfall waterfall)
    {
        writer.WriteStartObject("fields");
        foreach (var (name, value) in TraceDetailPage.Fields(summary, waterfall))
        {
            writer.WriteString(name, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteAxis(Utf8JsonWriter writer, TraceSummary summary)
    {
        writer.WriteStartArray("axis");
        for (var part = 0UL; part <= AxisParts; part++)
        {
            // divided first: the duration may be most of a ulong
            writer.WriteStringValue(Formats.Duration(part == AxisParts ? summary.Duration : summary.Duration / AxisParts * part));
        }
        writer.WriteEndArray();
    }

    private static Dictionary<StoredResource, int> WriteResources(Utf8JsonWriter writer, TraceSummary summary, Func<StoredResource, string> names)
    {
        var indexes = new Dictionary<StoredResource, int>();
        writer.WriteStartArray("resources");
        foreach (var share in summary.Resources)
        {
            indexes[share.Resource] = indexes.Count;
            writer.WriteStartObject();
            writer.WriteString("name", names(share.Resource));
            writer.WriteString("colour", Palette.Class(share.Resource));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        return indexes;
    }

    private static void WriteRow(Utf8JsonWriter writer, WaterfallRow row, int resource)
    {
        var span = row.Span;
        writer.WriteStartObject();
        writer.WriteString("id", span.SpanId);
        writer.WriteString("parent", span.ParentSpanId);
        writer.WriteNumber("depth", row.Depth);
        writer.WriteNumber("position", row.Position);
        writer.WriteNumber("siblings", row.Siblings);
        writer.WriteString("name", span.Name);
        writer.WriteString("label", span.DisplayName);
        writer.WriteNumber("resource", resource);
        writer.WriteString("kind", SpanKinds.Name(span.Message.Kind));
        writer.WriteString("icon", SpanKinds.Icon(span.Message));
        writer.WriteNumber("start", Math.Round(row.Start, 4));
        writer.WriteNumber("width", Math.Round(row.Width, 4));
        writer.WriteString("duration", Formats.Duration(span.Duration));
        writer.WriteBoolean("error", span.IsError);
        writer.WriteBoolean("orphan", row.IsOrphan);
        writer.WriteStartArray("logs");
        foreach (var (at, severity) in row.Logs)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(at);
            writer.WriteStringValue(Severities.Class(severity));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
