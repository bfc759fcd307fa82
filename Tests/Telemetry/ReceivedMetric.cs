using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace WasmAspire.Tests.Telemetry;

/// <summary>A metric as it came by OTLP, with its points.</summary>
internal sealed class ReceivedMetric(Resource resource, Metric metric)
{
    public string Name => metric.Name;

    /// <summary>Attributes of the service, as text.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; } = ReceivedSpan.Values(resource.Attributes);

    /// <summary>The sum's value in each point.</summary>
    public IReadOnlyList<double> Sums => [.. metric.Sum.DataPoints.Select(point => point.AsDouble)];

    /// <summary>The traces that the sum's exemplars are of.</summary>
    public IReadOnlyList<string> ExemplarTraces => [.. metric.Sum.DataPoints.SelectMany(point => point.Exemplars).Select(exemplar => ReceivedSpan.Hex(exemplar.TraceId))];

    /// <summary>The spans that the sum's exemplars are of.</summary>
    public IReadOnlyList<string> ExemplarSpans => [.. metric.Sum.DataPoints.SelectMany(point => point.Exemplars).Select(exemplar => ReceivedSpan.Hex(exemplar.SpanId))];
}
