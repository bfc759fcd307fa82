using System.Text;

namespace WasmAspire.Observe.Metrics;

/// <summary>What one session measures: at most so many names, and counts of what became of it. For one thread.</summary>
internal sealed class SessionMetrics(GuestMetrics metrics, Action<Exception> tellFailure)
{
    /// <summary>Bytes of text a call; what is over, back to a line's end, is one malformed measurement.</summary>
    public const int MaxBytes = 8192;

    private readonly Dictionary<string, GuestInstrument> instruments = new(StringComparer.OrdinalIgnoreCase);
    private char[] buffer = [];

    /// <summary>Measurements recorded.</summary>
    public long Recorded { get; private set; }

    /// <summary>Measurements that make no sense: no statsd, a name of another kind, a value that would make a sum infinite.</summary>
    public long Malformed { get; private set; }

    /// <summary>Measurements that a limit kept out.</summary>
    public long Dropped { get; private set; }

    /// <summary>Records lines of statsd text in UTF-8.</summary>
    public void Record(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            // Half a line may read as a whole one with another value.
            utf8 = utf8[..(utf8[..MaxBytes].LastIndexOf((byte)'\n') + 1)];
            Malformed++;
        }

        if (buffer.Length < utf8.Length)
        {
            buffer = new char[MaxBytes];
        }

        // UTF-8 never has more characters than bytes, invalid ones included.
        ReadOnlySpan<char> text = buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (!line.IsEmpty)
            {
                RecordLine(line);
            }
        }
    }

    private void RecordLine(ReadOnlySpan<char> text)
    {
        if (!StatsdLine.TryParse(text, out var line))
        {
            Malformed++;
            return;
        }

        try
        {
            Record(line);
        }
        catch (Exception e)
        {
            // A listener's, after the measurement was made.
            tellFailure(e);
            Recorded++;
        }
    }

    private void Record(in StatsdLine line)
    {
        var name = InstrumentName.Sanitize(line.Name, stackalloc char[InstrumentName.MaxLength]);
        while (Find(name, line) is { } instrument)
        {
            if (instrument.Kind != line.Kind)
            {
                Malformed += line.Count;
                return;
            }

            if (instrument.Record(line) is { } counts)
            {
                Recorded += counts.Recorded;
                Malformed += counts.Malformed;
                Drop(counts.Dropped, "tags");
                return;
            }

            // Given up since this session used it last.
            instruments.GetAlternateLookup<ReadOnlySpan<char>>().Remove(name);
        }
    }

    private GuestInstrument? Find(ReadOnlySpan<char> name, in StatsdLine line)
    {
        if (instruments.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            return known;
        }

        if (!GuestInstrument.Accepts(line))
        {
            Malformed += line.Count;
            return null;
        }

        if (instruments.Count == GuestMetrics.MaxNames)
        {
            Drop(line.Count, "names");
            return null;
        }

        var text = name.ToString();
        if (metrics.FindOrCreate(text, line.Kind, line.IsTime) is not { } instrument)
        {
            Drop(line.Count, "instruments");
            return null;
        }

        return instruments[text] = instrument;
    }

    private void Drop(int measurements, string reason)
    {
        if (measurements > 0)
        {
            Dropped += measurements;
            metrics.CountDropped(measurements, reason);
        }
    }
}
