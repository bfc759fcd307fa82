using System.Diagnostics.Metrics;
using System.Text;
using WasmAspire.Observe;
using WasmAspire.Observe.Metrics;

namespace WasmAspire.Tests.Observe;

public sealed class GuestMetricsTests : IDisposable
{
    private readonly GuestMinutes time = new();
    private readonly GuestMetrics metrics;
    private readonly MeterListener listener = new();
    private readonly List<(string Name, double Value, string Tags)> recorded = [];
    private readonly SessionMetrics session;

    public GuestMetricsTests()
    {
        metrics = new GuestMetrics(time);
        session = Open();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            // Meters of one name are many where tests run at once: only this one's instruments count.
            if (metrics.Owns(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
    }

    [Theory]
    [InlineData("hits:1|c", "Counter hits", 1, "")]
    [InlineData("hits:2|c|@0.1", "Counter hits", 20, "")]
    [InlineData("hits:1|c|#route:home,cold", "Counter hits", 1, "cold=true,route=home")]
    [InlineData("hits:1|c|@0.5|#route:a:b", "Counter hits", 2, "route=a:b")]
    [InlineData("hits:1|c|#a:1,a:2", "Counter hits", 1, "a=2")]
    [InlineData("hits:1|c|#b:2|c:container|T1656581400", "Counter hits", 1, "b=2")]
    [InlineData("level:3.5|g", "Gauge level", 3.5, "")]
    [InlineData("took:12|ms", "Histogram took ms", 12, "")]
    [InlineData("took:12|ms|@0.1", "Histogram took ms", 12, "statsd.sample_rate=0.1")]
    [InlineData("took:12|ms|@1", "Histogram took ms", 12, "")]
    [InlineData("size:12|h|@0.5|#a:b", "Histogram size", 12, "a=b,statsd.sample_rate=0.5")]
    [InlineData("size:12|d", "Histogram size", 12, "")]
    [InlineData("größe mit leerzeichen:1|c", "Counter gr__e_mit_leerzeichen", 1, "")]
    [InlineData("1st:1|c", "Counter x1st", 1, "")]
    public void ALineBecomesAMeasurement(string line, string instrument, double value, string tags)
    {
        Assert.Equal((1, 0, 0), Record(line));
        Assert.Equal([(instrument, value, tags)], recorded);
        // The second time it is known.
        Assert.Equal((1, 0, 0), Record(line));
        Assert.Equal([(instrument, value, tags), (instrument, value, tags)], recorded);
    }

    [Theory]
    [InlineData("hits")]
    [InlineData("hits:1")]
    [InlineData(":1|c")]
    [InlineData("hits:|c")]
    [InlineData("hits:x|c")]
    [InlineData("hits:1|zz")]
    [InlineData("hits:NaN|g")]
    [InlineData("hits:1e999|g")]
    [InlineData("hits:1|c|@0")]
    [InlineData("hits:1|c|@2")]
    [InlineData("hits:1|c|@x")]
    [InlineData("hits:-1|c")]
    [InlineData("hits:1e308|c|@0.01")]
    [InlineData("users:|s")]
    public void ALineThatIsNoStatsdIsRefused(string line)
    {
        Assert.Equal((0, 1, 0), Record(line));
        Assert.Empty(recorded);
    }

    [Fact]
    public void TextMayHoldManyLinesAndALineManyValues()
    {
        Assert.Equal((5, 2, 0), Record("took:1:2:3|ms|#a:b\n\n  hits:1|c \r\nnonsense\nlevel:7:x|g\n"));
        Assert.Equal(
            [("Histogram took ms", 1, "a=b"), ("Histogram took ms", 2, "a=b"), ("Histogram took ms", 3, "a=b"), ("Counter hits", 1, ""), ("Gauge level", 7, "")],
            recorded);
    }

    [Fact]
    public void TooLongATextIsCutBetweenLines()
    {
        // The 1,025th line would end after the first 8,192 bytes.
        var text = string.Concat(Enumerable.Repeat("hits:1|c\n", 910)) + "hits:123456|c\n";

        Assert.Equal((910, 1, 0), Record(text));
        Assert.Equal(910, recorded.Sum(measurement => measurement.Value));
    }

    [Fact]
    public void AGaugeTakesChangesForEachSetOfTags()
    {
        Assert.Equal((5, 0, 0), Record("l:10|g\nl:+5|g\nl:-3|g\nl:1|g|#a:b\nl:+1|g|#a:b"));
        Assert.Equal((2, 1, 0), Record("l:1e308|g\nl:+1e308|g\nl:+0|g"));
        Assert.Equal([10, 15, 12, 1, 2, 1e308, 1e308], recorded.Select(measurement => measurement.Value));
    }

    [Fact]
    public void NoSumBecomesInfinite()
    {
        Assert.Equal((2, 2, 0), Record("x:1e308|c\nx:1e308|c\ny:-1e308|h\ny:-1e308|h"));
        Assert.Equal((2, 0, 0), Record("x:1|c\ny:1|h"));
    }

    [Fact]
    public void ASetTellsHowManyDifferentValuesThereWereSinceTheLastLook()
    {
        Record("users:alice|s\nusers:bob:2|s\nusers:alice|s\nusers:alice|s|#a:b");
        Assert.Empty(recorded);
        listener.RecordObservableInstruments();
        Assert.Equal([("ObservableGauge users", 2, ""), ("ObservableGauge users", 1, "a=b")], recorded);

        recorded.Clear();
        Record("users:carol|s");
        listener.RecordObservableInstruments();
        Assert.Equal([("ObservableGauge users", 1, ""), ("ObservableGauge users", 0, "a=b")], recorded);
    }

    [Fact]
    public void TheFirstKindOfANameWins()
    {
        Assert.Equal((0, 1, 0), Record("x:y|g"));
        Assert.Equal((1, 0, 0), Record("x:1|c"));
        Assert.Equal((0, 2, 0), Record("x:1:2|g"));
        Assert.Equal((1, 0, 0), Record("X:1|c"));
        Assert.Equal((0, 1, 0), RecordBy(Open(), "x:1|s"));
    }

    [Fact]
    public void ASessionHasALimitOnNames()
    {
        for (var i = 0; i < GuestMetrics.MaxNames; i++)
        {
            Assert.Equal((1, 0, 0), Record($"name{i}:1|c"));
        }

        Assert.Equal((0, 0, 2), Record("one.too.many:1:2|c"));
        Assert.Equal(("Counter wasmaspire.guest.metrics.dropped", 2, "reason=names"), recorded[^1]);
        Assert.Equal((1, 0, 0), Record("name0:1|c"));
        Assert.Equal((1, 0, 0), RecordBy(Open(), "one.too.many:1|c"));
    }

    [Fact]
    public void ANodeHasALimitOnInstruments()
    {
        Fill("first");

        Assert.Equal((0, 0, 1), Record("one.too.many:1|c"));
        Assert.Equal(("Counter wasmaspire.guest.metrics.dropped", 1, "reason=instruments"), recorded[^1]);
        Assert.Equal((1, 0, 0), Record("first0:1|c"));
    }

    [Fact]
    public void AnInstrumentHasALimitOnTagSets()
    {
        for (var i = 0; i < GuestMetrics.MaxTagSets; i++)
        {
            Assert.Equal((2, 0, 0), Record($"x:1|c|#a:{i},b:1\nx:1|c|#b:1, a:{i}"));
        }

        Assert.Equal((0, 0, 1), Record("x:1|c"));
        Assert.Equal(("Counter wasmaspire.guest.metrics.dropped", 1, "reason=tags"), recorded[^1]);
        Assert.Equal((1, 0, 0), Record("x:1|c|@1|#b:1,a:99"));
        Assert.Equal((1, 0, 0), Record("y:1|c"));
    }

    [Fact]
    public void TooLargeATagSetIsDropped()
    {
        Assert.Equal((1, 0, 0), Record($"x:1|c|#{string.Join(',', Enumerable.Range(0, 16))}"));
        Assert.Equal((0, 0, 1), Record($"x:1|c|#{string.Join(',', Enumerable.Range(0, 17))}"));
        Assert.Equal((1, 0, 0), Record($"x:1|c|#{new string('a', 512)}"));
        Assert.Equal((0, 0, 1), Record($"x:1|c|#{new string('a', 513)}"));
    }

    [Fact]
    public void AnInstrumentUnusedForTenMinutesIsGivenUp()
    {
        Fill("old");
        Record("old0:1|c");
        time.Pass(GuestMetrics.MaxIdleMinutes);
        Record("old0:1|c");
        time.Pass(1);

        // 199 places are free, and the name may have another kind.
        Fill("new", GuestMetrics.MaxInstruments - 1);
        Assert.Equal((0, 0, 1), RecordBy(Open(), "old1:1|g"));
        Assert.Equal((1, 0, 0), Record("old0:1|c"));
    }

    [Fact]
    public void ASessionFindsAnInstrumentAnewThatWasGivenUp()
    {
        Assert.Equal((1, 0, 0), Record("x:1|c"));
        time.Pass(GuestMetrics.MaxIdleMinutes + 1);
        Assert.Equal((1, 0, 0), RecordBy(Open(), "x:1|g"));
        Assert.Equal((0, 1, 0), Record("x:1|c"));
        Assert.Equal((1, 0, 0), Record("x:2|g"));
    }

    [Fact]
    public void AfterItsEndASetOfMetricsRecordsNothing()
    {
        Record("x:1|c");
        recorded.Clear();
        metrics.Dispose();

        Assert.Equal((0, 0, 1), Record("x:1|c"));
        Assert.Empty(recorded);
    }

    [Fact]
    public void SessionsMayRecordAtOnce()
    {
        // No listener of the test's: it keeps a list.
        listener.Dispose();
        var sum = 0.0;
        var gate = new Lock();
        using var adding = new MeterListener { InstrumentPublished = (instrument, listener) => EnableOwn(instrument, listener) };
        adding.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            lock (gate)
            {
                sum += value;
            }
        });
        adding.Start();
        Parallel.For(0, 8, thread =>
        {
            var session = Open();
            for (var i = 0; i < 2000; i++)
            {
                RecordBy(session, $"x:1|c|#a:{i % 120}");
            }

            // 120 sets, of which 100 are taken, the same ones for all.
            Assert.Equal(2000, session.Recorded + session.Dropped);
        });

        Assert.True(sum >= 8 * 2000 * 100 / 120.0);
        Assert.True(sum < 8 * 2000);
    }

    [Fact]
    public void AMeasurementSeenBeforeAllocatesNothing()
    {
        listener.Dispose();
        var text = "hits:2|c|@0.1|#route:home\nlevel:+1|g\ntook:5:6|ms\nusers:alice|s"u8.ToArray();
        session.Record(text);
        session.Record(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            session.Record(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(5 * 1002, session.Recorded);
    }

    [Fact]
    public void AGuestsMeasurementsAreCounted()
    {
        using var guest = new ObservedGuest().Run(
            """
            (module
              (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "hits:1|c\nhits:oops|c\nhits:1|c")
              (func (export "run")
                (call $metric (i32.const 1) (i32.const 0) (i32.const 29))
                (call $metric (i32.const 2) (i32.const 0) (i32.const 29))
                (call $metric (i32.const 1) (i32.const -1) (i32.const 29))))
            """,
            options => options with { Metrics = metrics });

        Assert.Equal((2, 3, 0), (guest.Summary.Metrics, guest.Summary.Malformed, guest.Summary.DroppedMetrics));
        Assert.Equal([("Counter hits", 1, ""), ("Counter hits", 1, "")], recorded);
        Assert.True(guest.CurrentWasKept);
    }

    public void Dispose()
    {
        listener.Dispose();
        metrics.Dispose();
    }

    private static (long Recorded, long Malformed, long Dropped) RecordBy(SessionMetrics session, string text)
    {
        var before = (session.Recorded, session.Malformed, session.Dropped);
        session.Record(Encoding.UTF8.GetBytes(text));
        return (session.Recorded - before.Recorded, session.Malformed - before.Malformed, session.Dropped - before.Dropped);
    }

    private (long Recorded, long Malformed, long Dropped) Record(string text) => RecordBy(session, text);

    private SessionMetrics Open() => metrics.Open(failure => throw failure);

    /// <summary>Takes places for instruments, with as many sessions as that needs.</summary>
    private void Fill(string name, int instruments = GuestMetrics.MaxInstruments)
    {
        var one = Open();
        for (var i = 0; i < instruments; i++)
        {
            one = i % GuestMetrics.MaxNames == 0 ? Open() : one;
            Assert.Equal((1, 0, 0), RecordBy(one, $"{name}{i}:1|c"));
        }
    }

    private void EnableOwn(System.Diagnostics.Metrics.Instrument instrument, MeterListener listener)
    {
        if (metrics.Owns(instrument.Meter) && instrument.Meter.Name == GuestMetrics.MeterName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Keep(System.Diagnostics.Metrics.Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => recorded.Add((
        $"{instrument.GetType().Name[..^2]} {instrument.Name} {instrument.Unit}".TrimEnd(),
        value,
        string.Join(',', tags.ToArray().Select(tag => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")))));
}
