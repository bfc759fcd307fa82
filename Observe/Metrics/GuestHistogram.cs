using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A distribution of values. A sampled one is recorded once, with its rate as an attribute.</summary>
internal sealed class GuestHistogram(Meter meter, string name, string? unit) : GuestInstrument(meter, InstrumentKind.Histogram)
{
    private readonly Histogram<double> histogram = meter.CreateHistogram<double>(name, unit);

    /// <inheritdoc/>
    protected override bool TryRecord(TagSet set, double rate, ReadOnlySpan<char> value)
    {
        // A histogram has a sum too.
        if (!TryParse(value, out var number) || !set.TryAdd(number))
        {
            return false;
        }

        histogram.Record(number, set.Tags);
        return true;
    }
}
