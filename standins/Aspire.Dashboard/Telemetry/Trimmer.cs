using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Cuts messages down to the limits, in place, and counts what it cut where OTLP has a field for that.</summary>
internal sealed class Trimmer(TelemetryLimits limits)
{
    public TelemetryLimits Limits => limits;

    public void Trim(Resource resource) => resource.DroppedAttributesCount += Trim(resource.Attributes);

    public void Trim(InstrumentationScope scope)
    {
        scope.Name = Trim(scope.Name);
        scope.Version = Trim(scope.Version);
        scope.DroppedAttributesCount += Trim(scope.Attributes);
    }

    public void Trim(Span span)
    {
        span.Name = Trim(span.Name);
        span.TraceState = Trim(span.TraceState);
        if (span.Status is { } status)
        {
            status.Message = Trim(status.Message);
        }
        span.DroppedAttributesCount += Trim(span.Attributes);
        span.DroppedEventsCount += Cut(span.Events, limits.Events);
        foreach (var spanEvent in span.Events)
        {
            spanEvent.Name = Trim(spanEvent.Name);
            spanEvent.DroppedAttributesCount += Trim(spanEvent.Attributes);
        }
        span.DroppedLinksCount += Cut(span.Links, limits.Links);
        foreach (var link in span.Links)
        {
            link.TraceState = Trim(link.TraceState);
            link.DroppedAttributesCount += Trim(link.Attributes);
        }
    }

    public void Trim(LogRecord log)
    {
        log.SeverityText = Trim(log.SeverityText);
        log.EventName = Trim(log.EventName);
        if (log.Body is { } body)
        {
            Trim(body);
        }
        log.DroppedAttributesCount += Trim(log.Attributes);
    }

    /// <summary>The number of attributes that went.</summary>
    public uint Trim(RepeatedField<KeyValue> attributes)
    {
        var dropped = Cut(attributes, limits.Attributes);
        foreach (var attribute in attributes)
        {
            attribute.Key = Trim(attribute.Key);
            if (attribute.Value is { } value)
            {
                Trim(value);
            }
        }
        return dropped;
    }

    public string Trim(string text)
    {
        if (text.Length <= limits.TextLength)
        {
            return text;
        }
        var end = limits.TextLength;
        // never half of a surrogate pair
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    /// <summary>An array or map that is too large becomes the beginning of its text.</summary>
    private void Trim(AnyValue value)
    {
        if (value.ValueCase == AnyValue.ValueOneofCase.StringValue)
        {
            value.StringValue = Trim(value.StringValue);
        }
        else if (value.CalculateSize() > limits.TextLength)
        {
            value.StringValue = Trim(value.Text());
        }
    }

    private static uint Cut<T>(RepeatedField<T> items, int count)
    {
        var extra = Math.Max(0, items.Count - count);
        while (items.Count > count)
        {
            items.RemoveAt(items.Count - 1);
        }
        return (uint)extra;
    }
}
