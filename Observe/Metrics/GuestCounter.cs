using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A sum. Of sampled ones, each stands for as many as the rate says.</summary>
internal sealed class GuestCounter(Meter meter, string name) : GuestInstrument(meter, InstrumentKind.Counter)
{
    private readonly Counter<double> counter = meter.CreateCounter<double>(name);

    /// <inheritdoc/>
    protected override bool TryRecord(TagSet set, double rate, ReadOnlySpan<char> value)
    {
        if (!TryParse(value, out var number) || number < 0 || !set.TryAdd(number / rate))
        {
            return false;
        }

        counter.Add(number / rate, set.Tags);
        return true;
    }
}
