using Google.Protobuf;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace WasmAspire.Tests.Telemetry;

/// <summary>A span as it came by OTLP.</summary>
internal sealed class ReceivedSpan(Resource resource, Span span)
{
    public string Name => span.Name;

    public string TraceId { get; } = Hex(span.TraceId);

    public string SpanId { get; } = Hex(span.SpanId);

    /// <summary>Empty for a root.</summary>
    public string ParentSpanId { get; } = Hex(span.ParentSpanId);

    public ulong Start => span.StartTimeUnixNano;

    public ulong End => span.EndTimeUnixNano;

    public string Kind => span.Kind.ToString().ToLowerInvariant();

    public bool IsError => span.Status?.Code == Status.Types.StatusCode.Error;

    public string StatusMessage => span.Status?.Message ?? "";

    /// <summary>The service's name.</summary>
    public string Service { get; } = Values(resource.Attributes)["service.name"];

    /// <summary>The service's instance; empty where it has no name.</summary>
    public string Instance { get; } = Values(resource.Attributes).GetValueOrDefault("service.instance.id", "");

    /// <summary>The attributes as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; } = Values(span.Attributes);

    public static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    public static Dictionary<string, string> Values(IEnumerable<KeyValue> attributes) =>
        attributes.ToDictionary(pair => pair.Key, pair => Text(pair.Value), StringComparer.Ordinal);

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
