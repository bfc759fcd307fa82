using System.Diagnostics.Metrics;
using WasmAspire.Observe;

namespace WasmAspire.Tests.Observe;

public sealed class GuestMetricsTests : IDisposable
{
    private readonly GuestMetrics metrics = new();
    private readonly MeterListener listener = new();
    private readonly List<(string Name, double Value, string Tags)> recorded = [];

    public GuestMetricsTests()
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            // Meters of one name are many where tests run at once: only this one's instruments count.
            if (metrics.Owns(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            recorded.Add(($"{instrument.GetType().Name[..^2]} {instrument.Name} {instrument.Unit}".TrimEnd(), value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
    }

    [Theory]
    [InlineData("hits:1|c", "Counter hits", 1, "")]
    [InlineData("hits:2|c|@0.1", "Counter hits", 20, "")]
    [InlineData("hits:1|c|#route:home,cold", "Counter hits", 1, "route=home,cold=true")]
    [InlineData("level:3.5|g", "Gauge level", 3.5, "")]
    [InlineData("took:12|ms", "Histogram took ms", 12, "")]
    [InlineData("size:12|h", "Histogram size", 12, "")]
    [InlineData("size:12|d", "Histogram size", 12, "")]
    [InlineData("größe mit leerzeichen:1|c", "Counter gr__e_mit_leerzeichen", 1, "")]
    [InlineData("1st:1|c", "Counter x1st", 1, "")]
    public void ALineBecomesAMeasurement(string line, string instrument, double value, string tags)
    {
        Assert.True(metrics.Record(line));
        Assert.Equal([(instrument, value, tags)], recorded);
    }

    [Theory]
    [InlineData("")]
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
    [InlineData("hits:-1|c")]
    [InlineData("hits:1e308|c|@0.01")]
    public void ALineThatIsNoStatsdIsRefused(string line)
    {
        Assert.False(metrics.Record(line));
        Assert.Empty(recorded);
    }

    [Fact]
    public void AGaugeTakesChangesForEachSetOfTags()
    {
        foreach (var line in (string[])["l:10|g", "l:+5|g", "l:-3|g", "l:1|g|#a:b", "l:+1|g|#a:b"])
        {
            Assert.True(metrics.Record(line));
        }

        Assert.True(metrics.Record("l:1e308|g"));
        Assert.False(metrics.Record("l:+1e308|g"));
        Assert.True(metrics.Record("l:+0|g"));
        Assert.Equal([10, 15, 12, 1, 2, 1e308, 1e308], recorded.Select(measurement => measurement.Value));
    }

    [Fact]
    public void TheFirstKindOfANameWins()
    {
        Assert.True(metrics.Record("x:1|c"));
        Assert.False(metrics.Record("x:1|g"));
        Assert.True(metrics.Record("X:1|c"));
    }

    [Fact]
    public void ThereIsALimitOnInstruments()
    {
        for (var i = 0; i < GuestMetrics.MaxInstruments; i++)
        {
            Assert.True(metrics.Record($"name{i}:1|c"));
        }

        Assert.False(metrics.Record("one.too.many:1|c"));
        Assert.True(metrics.Record("name0:1|c"));
    }

    public void Dispose()
    {
        listener.Dispose();
        metrics.Dispose();
    }
}
