using System.Diagnostics.Metrics;
using WasmAspire.Observe.Metrics;

namespace WasmAspire.Observe;

/// <summary>
/// Instruments for what guests measure, one set a process. A guest names them, so there is a limit on how many there
/// are: an SDK keeps every stream it ever saw.
/// </summary>
public sealed class GuestMetrics : IDisposable
{
    /// <summary>The <see cref="Meter"/> of guest metrics; add it to the meter provider.</summary>
    public const string MeterName = "WasmAspire.Guest";

    /// <summary>No more instruments than this; measurements for further names are refused.</summary>
    public const int MaxInstruments = 200;

    private const int MaxNameLength = 255;

    private readonly Meter meter = new(MeterName);
    private readonly Dictionary<string, object> instruments = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records one line of statsd text.</summary>
    /// <returns>False where it is not one, its name has another kind already, there are too many names, or the value is too large for a number.</returns>
    public bool Record(string line)
    {
        if (StatsdLine.Parse(line) is not { } measurement || Find(measurement) is not { } instrument)
        {
            return false;
        }

        switch (instrument)
        {
            // An infinite value would spoil a counter for good.
            case Counter<double> counter when measurement is { Type: "c", Value: >= 0 } && double.IsFinite(measurement.Value / measurement.Rate):
                counter.Add(measurement.Value / measurement.Rate, measurement.Tags);
                return true;
            case KeptGauge gauge when measurement.Type == "g":
                return gauge.Record(measurement);
            case Histogram<double> histogram when measurement.Type is "ms" or "h" or "d":
                histogram.Record(measurement.Value, measurement.Tags);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a meter is this set's: meters of one name may be many in a process.</summary>
    internal bool Owns(Meter candidate) => candidate == meter;

    /// <summary>Gives all instruments up.</summary>
    public void Dispose() => meter.Dispose();

    private object? Find(StatsdLine measurement)
    {
        var name = Sanitize(measurement.Name);
        lock (instruments)
        {
            if (instruments.TryGetValue(name, out var known))
            {
                return known;
            }

            return instruments.Count == MaxInstruments ? null : instruments[name] = Create(name, measurement.Type);
        }
    }

    private object Create(string name, string type) => type switch
    {
        "c" => meter.CreateCounter<double>(name),
        "g" => new KeptGauge(meter.CreateGauge<double>(name)),
        "ms" => meter.CreateHistogram<double>(name, "ms"),
        _ => meter.CreateHistogram<double>(name),
    };

    /// <summary>OpenTelemetry's instrument names: a letter, then letters, digits and <c>_ . - /</c>.</summary>
    private static string Sanitize(string name)
    {
        var text = string.Concat(name.Take(MaxNameLength - 1).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' ? c : '_'));
        return char.IsAsciiLetter(text[0]) ? text : "x" + text;
    }
}
