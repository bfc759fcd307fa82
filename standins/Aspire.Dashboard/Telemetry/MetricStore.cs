using Google.Protobuf;
using OpenTelemetry.Proto.Metrics.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// The metrics' points, oldest out first, an instrument with its last point. Not synchronized:
/// <see cref="TelemetryStore"/> holds the lock.
/// </summary>
internal sealed class MetricStore(Trimmer trimmer)
{
    private readonly Dictionary<(ResourceKey Resource, string Scope, string Name), StoredInstrument> instruments = [];
    private readonly Queue<MetricPoint> points = [];
    private long bytes;

    public IReadOnlyCollection<StoredInstrument> All => instruments.Values;

    public static int CountPoints(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Count,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Count,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Count,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Count,
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Count,
        _ => 0,
    };

    public void Add(StoredResource resource, StoredScope scope, Metric metric, AddResult result)
    {
        var (description, messages) = Take(metric);
        if (metric.Name.Length == 0)
        {
            result.Reject("A metric must have a name.", messages.Count);
            return;
        }
        foreach (var message in messages)
        {
            if (Add(resource, scope, description, message))
            {
                result.Accept();
            }
            else
            {
                result.Reject($"A point of metric {description.Name} is too large to keep.");
            }
        }
    }

    private bool Add(StoredResource resource, StoredScope scope, Metric description, IMessage message)
    {
        var size = MemoryEstimate.Of(message, Trim(message));
        if (size > trimmer.Limits.MetricBytes)
        {
            return false;
        }
        var key = (resource.Key, scope.Name, description.Name);
        if (!instruments.TryGetValue(key, out var instrument))
        {
            instruments[key] = instrument = new(resource, scope, description);
            bytes += instrument.Bytes;
        }
        var point = new MetricPoint(instrument, message, size);
        instrument.Points.Enqueue(point);
        points.Enqueue(point);
        bytes += size;
        while (points.Count > trimmer.Limits.MetricPoints || (bytes > trimmer.Limits.MetricBytes && points.Count > 1))
        {
            Evict(points.Dequeue());
        }
        return true;
    }

    private void Evict(MetricPoint point)
    {
        bytes -= point.Bytes;
        var instrument = point.Instrument;
        // both queues are in the order of arrival, so this one is first there too
        instrument.Points.Dequeue();
        if (instrument.Points.Count == 0)
        {
            instruments.Remove((instrument.Resource.Key, instrument.Scope.Name, instrument.Description.Name));
            bytes -= instrument.Bytes;
        }
    }

    /// <summary>The points of a metric, and the rest of it.</summary>
    private (Metric Description, IReadOnlyList<IMessage> Points) Take(Metric metric)
    {
        IReadOnlyList<IMessage> taken = metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge => Move(metric.Gauge.DataPoints),
            Metric.DataOneofCase.Sum => Move(metric.Sum.DataPoints),
            Metric.DataOneofCase.Histogram => Move(metric.Histogram.DataPoints),
            Metric.DataOneofCase.ExponentialHistogram => Move(metric.ExponentialHistogram.DataPoints),
            Metric.DataOneofCase.Summary => Move(metric.Summary.DataPoints),
            _ => [],
        };
        metric.Name = trimmer.Trim(metric.Name);
        metric.Unit = trimmer.Trim(metric.Unit);
        metric.Description = trimmer.Trim(metric.Description);
        trimmer.Trim(metric.Metadata);
        return (metric, taken);

        static IReadOnlyList<IMessage> Move<T>(Google.Protobuf.Collections.RepeatedField<T> from) where T : IMessage
        {
            List<IMessage> to = [.. from];
            from.Clear();
            return to;
        }
    }

    /// <summary>Cuts a point's attributes down, and counts the objects that it is made of.</summary>
    private int Trim(IMessage point)
    {
        switch (point)
        {
            case NumberDataPoint number:
                trimmer.Trim(number.Attributes);
                return number.Attributes.Count + Exemplars(number.Exemplars);
            case HistogramDataPoint histogram:
                trimmer.Trim(histogram.Attributes);
                return histogram.Attributes.Count + Exemplars(histogram.Exemplars);
            case ExponentialHistogramDataPoint exponential:
                trimmer.Trim(exponential.Attributes);
                return exponential.Attributes.Count + Exemplars(exponential.Exemplars);
            case SummaryDataPoint summary:
                trimmer.Trim(summary.Attributes);
                return summary.Attributes.Count + summary.QuantileValues.Count;
            default:
                return 0;
        }

        int Exemplars(IEnumerable<Exemplar> exemplars)
        {
            var objects = 0;
            foreach (var exemplar in exemplars)
            {
                trimmer.Trim(exemplar.FilteredAttributes);
                objects += 1 + exemplar.FilteredAttributes.Count;
            }
            return objects;
        }
    }
}
