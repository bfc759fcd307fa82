using Google.Protobuf;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// How many bytes an item takes here: its text twice (UTF-16), and a fixed sum for each object, since a message of
/// two bytes on the wire still is an object. Rather too much than too little.
/// </summary>
internal static class MemoryEstimate
{
    private const int PerItem = 512;
    private const int PerObject = 128;

    // a link is in the index of backlinks too, with four ids as text
    private const int ObjectsPerLink = 5;

    public static long Of(Span span)
    {
        var objects = Count(span.Attributes) + span.Events.Count + (ObjectsPerLink * span.Links.Count);
        objects += span.Events.Sum(spanEvent => Count(spanEvent.Attributes)) + span.Links.Sum(link => Count(link.Attributes));
        return Of(span, objects);
    }

    public static long Of(LogRecord log) => Of(log, Count(log.Attributes) + Count(log.Body));

    public static long Of(Resource resource) => Of(resource, Count(resource.Attributes));

    public static long Of(InstrumentationScope scope) => Of(scope, Count(scope.Attributes));

    /// <summary>For any message: <paramref name="objects"/> is the number of messages in it.</summary>
    public static long Of(IMessage message, int objects) => PerItem + (2L * message.CalculateSize()) + ((long)objects * PerObject);

    private static int Count(IEnumerable<KeyValue> attributes) => attributes.Sum(attribute => 1 + Count(attribute.Value));

    private static int Count(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.ArrayValue => 1 + value.ArrayValue.Values.Sum(Count),
        AnyValue.ValueOneofCase.KvlistValue => 1 + Count(value.KvlistValue.Values),
        _ => 1,
    };
}
