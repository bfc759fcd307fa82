using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A last value. It is kept for each tag set, since a number with a sign is a change.</summary>
internal sealed class GuestGauge(Meter meter, string name) : GuestInstrument(meter, InstrumentKind.Gauge)
{
    private readonly Gauge<double> gauge = meter.CreateGauge<double>(name);

    /// <inheritdoc/>
    protected override bool TryRecord(TagSet set, double rate, ReadOnlySpan<char> value)
    {
        if (!TryParse(value, out var number))
        {
            return false;
        }

        if (value[0] is not ('+' or '-'))
        {
            set.Kept = number;
        }
        else if (!set.TryAdd(number))
        {
            return false;
        }

        gauge.Record(set.Kept, set.Tags);
        return true;
    }
}
