using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A gauge that knows its last value for each set of tags, since statsd may send the change alone.</summary>
internal sealed class KeptGauge(Gauge<double> gauge)
{
    /// <summary>The value of no more tag sets than this is known; to others, a change is a change from 0.</summary>
    private const int MaxTagSets = 100;

    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    /// <summary>Records a value or a change.</summary>
    /// <returns>False where the changed value is too large for a number.</returns>
    public bool Record(StatsdLine measurement)
    {
        var tags = string.Join(',', measurement.Tags.Select(tag => $"{tag.Key}:{tag.Value}").Order(StringComparer.Ordinal));
        lock (values)
        {
            var value = measurement.HasSign ? values.GetValueOrDefault(tags) + measurement.Value : measurement.Value;
            if (!double.IsFinite(value))
            {
                return false;
            }

            if (values.Count < MaxTagSets || values.ContainsKey(tags))
            {
                values[tags] = value;
            }

            // Under the lock, so that the last value known is the last one recorded.
            gauge.Record(value, measurement.Tags);
            return true;
        }
    }
}
