using System.Diagnostics.Metrics;
using System.Globalization;

namespace WasmAspire.Observe.Metrics;

/// <summary>
/// An instrument that guests named. It has a <see cref="Meter"/> of its own, since disposing that is the only way to give an instrument up.
/// Several guests may record at once.
/// </summary>
internal abstract class GuestInstrument(Meter meter, InstrumentKind kind)
{
    private readonly TagSets tagSets = new(rateIsTag: kind == InstrumentKind.Histogram);
    private int idleRounds;
    private bool givenUp;

    /// <summary>What it is.</summary>
    public InstrumentKind Kind => kind;

    /// <summary>Held while anything of the instrument changes.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>The tag sets; under <see cref="Gate"/> only.</summary>
    protected IReadOnlyCollection<TagSet> Sets => tagSets.All;

    /// <summary>Makes an instrument.</summary>
    /// <param name="meter">Its own; the instrument disposes it.</param>
    /// <param name="name">A valid name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="isTime">Whether it measures milliseconds.</param>
    public static GuestInstrument Create(Meter meter, string name, InstrumentKind kind, bool isTime) => kind switch
    {
        InstrumentKind.Counter => new GuestCounter(meter, name),
        InstrumentKind.Gauge => new GuestGauge(meter, name),
        InstrumentKind.Set => new GuestSet(meter, name),
        _ => new GuestHistogram(meter, name, isTime ? "ms" : null),
    };

    /// <summary>Whether a line is worth an instrument: a name must not get its kind from one that says nothing.</summary>
    public static bool Accepts(in StatsdLine line)
    {
        var colon = line.Values.IndexOf(':');
        return StatsdTail.Parse(line.Tail) is not null
            && (line.Kind == InstrumentKind.Set || TryParse(colon < 0 ? line.Values : line.Values[..colon], out _));
    }

    /// <summary>Records a line's measurements.</summary>
    /// <returns>What became of them; null where the instrument has been given up and another must be found.</returns>
    public LineCounts? Record(in StatsdLine line)
    {
        lock (Gate)
        {
            if (givenUp)
            {
                return null;
            }

            idleRounds = 0;
            if (!tagSets.TryFind(line.Tail, out var set, out var rate))
            {
                return new LineCounts(0, line.Count, 0);
            }

            return set is null ? new LineCounts(0, 0, line.Count) : RecordValues(set, rate, line);
        }
    }

    /// <summary>Ends a round of time.</summary>
    /// <returns>Whether nothing has been recorded for so many whole rounds.</returns>
    public bool IsIdleFor(int rounds)
    {
        lock (Gate)
        {
            return idleRounds++ >= rounds;
        }
    }

    /// <summary>Gives the instrument up. Never throws.</summary>
    public void GiveUp()
    {
        lock (Gate)
        {
            givenUp = true;
        }

        try
        {
            meter.Dispose();
        }
        catch (Exception)
        {
            // A listener's, who has lost a stream that nobody uses. There is no guest here whose logger could be told.
        }
    }

    /// <summary>Records one value; false where it makes no sense. Under <see cref="Gate"/>.</summary>
    protected abstract bool TryRecord(TagSet set, double rate, ReadOnlySpan<char> value);

    /// <summary>Reads a number; NaN and infinite ones are none.</summary>
    protected static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private LineCounts RecordValues(TagSet set, double rate, in StatsdLine line)
    {
        if (kind == InstrumentKind.Set)
        {
            return TryRecord(set, rate, line.Values) ? new LineCounts(1, 0, 0) : new LineCounts(0, 1, 0);
        }

        var (recorded, malformed) = (0, 0);
        foreach (var range in line.Values.Split(':'))
        {
            if (TryRecord(set, rate, line.Values[range]))
            {
                recorded++;
            }
            else
            {
                malformed++;
            }
        }

        return new LineCounts(recorded, malformed, 0);
    }
}
