using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A gauge that knows its last value for each set of tags, since statsd may send the change alone.</summary>
internal sealed class KeptGauge(Gauge<double> gauge)
{
    private const int MaxTagSets = 100;

    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    public void Record(StatsdLine measurement)
    {
        var tags = string.Join(',', measurement.Tags.Select(tag => $"{tag.Key}:{tag.Value}").Order(StringComparer.Ordinal));
        lock (values)
        {
            var value = measurement.HasSign ? values.GetValueOrDefault(tags) + measurement.Value : measurement.Value;
            if (values.Count < MaxTagSets || values.ContainsKey(tags))
            {
                values[tags] = value;
            }

            gauge.Record(value, measurement.Tags);
        }
    }
}
