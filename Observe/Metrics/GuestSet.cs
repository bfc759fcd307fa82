using System.Diagnostics.Metrics;

namespace WasmAspire.Observe.Metrics;

/// <summary>A number of different values since the last look: whoever looks begins it anew, so it is for one reader.</summary>
internal sealed class GuestSet : GuestInstrument
{
    public GuestSet(Meter meter, string name)
        : base(meter, InstrumentKind.Set) => meter.CreateObservableGauge(name, Observe);

    /// <inheritdoc/>
    protected override bool TryRecord(TagSet set, double rate, ReadOnlySpan<char> value)
    {
        (set.Distinct ??= new DistinctCount()).Add(value);
        return true;
    }

    private List<Measurement<long>> Observe()
    {
        lock (Gate)
        {
            List<Measurement<long>> measurements = [.. Sets.Select(set => new Measurement<long>(set.Distinct?.Value ?? 0, set.Tags))];
            foreach (var set in Sets)
            {
                // Let go and not cleared: most sets that were large once stay small.
                set.Distinct = null;
            }

            return measurements;
        }
    }
}
