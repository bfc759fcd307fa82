extern alias Dashboard;

using Dashboard::Aspire.Dashboard.Telemetry;
using Dashboard::OpenTelemetry.Proto.Common.V1;
using Dashboard::OpenTelemetry.Proto.Metrics.V1;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardStoreTests
{
    private static readonly TraceFilter AllTraces = new(new([]), null, 0, new(null));
    private static readonly LogFilter AllLogs = new(new([]), null, LogSeverity.Unspecified, new(null));

    private readonly TelemetryStore store = new(new() { Traces = 3, SpansPerTrace = 4, Logs = 5, MetricPoints = 4, Attributes = 2, TextLength = 20, Events = 1, Links = 1, Resources = 2 });

    [Fact]
    public void OldestTraceGivesWayToNewest()
    {
        store.Add([From("service", Enumerable.Range(1, 5).Select(trace => Span(trace, 1, start: trace)))]);

        Assert.Equal([TraceId(5), TraceId(4), TraceId(3)], store.Traces(AllTraces).Select(trace => trace.TraceId));
        Assert.Null(store.Trace(TraceId(1)));
    }

    [Fact]
    public void TraceTakesNoMoreSpansThanTheLimit()
    {
        var result = store.Add([From("service", Enumerable.Range(1, 6).Select(span => Span(1, span)))]);

        Assert.Equal((4, 2), (result.Accepted, result.Rejected));
        Assert.Equal($"Trace {TraceId(1)} has 4 spans, as many as it may.", result.Reason);
    }

    [Fact]
    public void SpanWithAnIdThatIsHereIsRefusedAndTheFirstStays()
    {
        store.Add([From("service", Span(1, 1, name: "first"))]);

        var result = store.Add([From("service", Span(1, 1, name: "second"))]);

        Assert.Equal(1, result.Rejected);
        Assert.Equal($"Span {SpanId(1)} of trace {TraceId(1)} is here already.", result.Reason);
        Assert.Equal("first", Assert.Single(store.Trace(TraceId(1))!.Spans).Name);
    }

    [Theory]
    [InlineData("", "0000000000000001", "A span's trace id must be 16 bytes, not all zero.")]
    [InlineData("00000000000000000000000000000000", "0000000000000001", "A span's trace id must be 16 bytes, not all zero.")]
    [InlineData("0001", "0000000000000001", "A span's trace id must be 16 bytes, not all zero.")]
    [InlineData("00000000000000000000000000000001", "", "A span's id must be 8 bytes, not all zero.")]
    [InlineData("00000000000000000000000000000001", "0000000000000000", "A span's id must be 8 bytes, not all zero.")]
    public void SpanWithoutIdsIsRefused(string traceId, string spanId, string reason)
    {
        var span = Span(1, 1);
        (span.TraceId, span.SpanId) = (Bytes(traceId), Bytes(spanId));

        var result = store.Add([From("service", span)]);

        Assert.Equal((0, 1, reason), (result.Accepted, result.Rejected, result.Reason));
    }

    [Fact]
    public void LateSpansJoinTheirTraceAndChangeItsRoot()
    {
        store.Add([From("worker", Span(1, 3, parent: 2, name: "leaf", start: 5))]);
        Assert.Equal(("leaf", true), Root());

        store.Add([From("worker", Span(1, 2, parent: 1, name: "middle", start: 2))]);
        Assert.Equal(("middle", true), Root());

        store.Add([From("api", Span(1, 1, name: "root", start: 0, duration: 20))]);
        Assert.Equal(("root", false), Root());
        Assert.Equal(["api", "worker"], store.Traces(AllTraces)[0].Resources.Select(share => share.Resource.Key.Name));

        (string, bool) Root() => (store.Traces(AllTraces).Single().Root.Name, store.Traces(AllTraces).Single().IsRootMissing);
    }

    [Fact]
    public void RevisionChangesWithWhatThePageShows()
    {
        store.Add([From("service", Span(1, 1), Span(2, 1))]);
        var (first, second) = (store.TraceRevision(TraceId(1)), store.TraceRevision(TraceId(2)));

        store.Add([LogsFrom("service", Log("of the first", trace: 1, span: 1))]);
        Assert.NotEqual(first, store.TraceRevision(TraceId(1)));
        Assert.Equal(second, store.TraceRevision(TraceId(2)));

        store.Add([From("service", Span(3, 1).LinkedTo(2, 1))]);
        Assert.NotEqual(second, store.TraceRevision(TraceId(2)));
        Assert.Equal(0, store.TraceRevision(TraceId(4)));
    }

    [Fact]
    public void LinksAreKnownAtBothEndsUntilOneGoes()
    {
        store.Add([From("service", Span(1, 1), Span(2, 1).LinkedTo(1, 1))]);
        Assert.Equal(new SpanReference(TraceId(2), SpanId(1)), Assert.Single(store.Span(TraceId(1), SpanId(1))!.BackLinks).Reference);
        Assert.Equal(SpanId(1), Assert.Single(store.Span(TraceId(2), SpanId(1))!.Links).Span!.SpanId);

        store.Add([From("service", Span(3, 1), Span(4, 1))]);
        Assert.Null(Assert.Single(store.Span(TraceId(2), SpanId(1))!.Links).Span);

        store.Add([From("service", Span(5, 1), Span(1, 1))]);
        Assert.Empty(store.Span(TraceId(1), SpanId(1))!.BackLinks);
    }

    [Fact]
    public void AttributesEventsAndLinksAreCutAndCounted()
    {
        var span = Span(1, 1, name: "a name that is too long to keep").With("a", "1").With("b", new string('x', 50)).With("c", "3").LinkedTo(2, 1).LinkedTo(2, 2);
        span.Events.Add([new() { Name = "kept" }, new() { Name = "dropped" }, new() { Name = "dropped" }]);

        store.Add([From("service", span)]);

        var kept = store.Span(TraceId(1), SpanId(1))!.Span.Message;
        Assert.Equal("a name that is too l", kept.Name);
        Assert.Equal(["1", new string('x', 20)], kept.Attributes.Select(attribute => attribute.Value.StringValue));
        Assert.Equal((1u, 2u, 1u), (kept.DroppedAttributesCount, kept.DroppedEventsCount, kept.DroppedLinksCount));
    }

    [Fact]
    public void CutNeverLeavesHalfACharacter()
    {
        store.Add([From("service", Span(1, 1, name: "1234567890123456789\U0001F600"))]);

        Assert.Equal("1234567890123456789", store.Span(TraceId(1), SpanId(1))!.Span.Name);
    }

    [Fact]
    public void LargeArrayBecomesTheBeginningOfItsText()
    {
        var span = Span(1, 1);
        var values = new ArrayValue();
        values.Values.Add(Enumerable.Range(10, 20).Select(number => new AnyValue { IntValue = number }));
        span.Attributes.Add(new KeyValue { Key = "numbers", Value = new() { ArrayValue = values } });

        store.Add([From("service", span)]);

        Assert.Equal("[10,11,12,13,14,15,1", store.Span(TraceId(1), SpanId(1))!.Span.Message.Attributes[0].Value.StringValue);
    }

    [Fact]
    public void OldestLogsGiveWayAndLeaveTheirTraceToo()
    {
        store.Add([From("service", Span(1, 1))]);
        store.Add([LogsFrom("service", Enumerable.Range(1, 7).Select(number => Log($"log {number}", trace: 1, span: 1, time: number)))]);

        Assert.Equal(["log 3", "log 4", "log 5", "log 6", "log 7"], store.Logs(AllLogs, 100).Logs.Select(log => log.Body));
        Assert.Equal(5, store.Trace(TraceId(1))!.Logs.Count);
        Assert.Equal(5, store.Span(TraceId(1), SpanId(1))!.Logs.Count);
    }

    [Fact]
    public void MetricsAreKeptByInstrumentAndOldestPointsGiveWay()
    {
        store.Add([Metrics("requests", 1, 2, 3), Metrics("errors", 4, 5)]);

        var resource = Assert.Single(store.Resources);
        Assert.True(resource.HasMetrics);
        Assert.Equal(["requests", "errors"], store.Instruments(resource.Key).Select(instrument => instrument.Description.Name));
        Assert.Equal([2, 3], Values("requests"));
        Assert.Equal([4, 5], Values("errors"));

        store.Add([Metrics("errors", 6, 7)]);
        Assert.Equal(["errors"], store.Instruments(resource.Key).Select(instrument => instrument.Description.Name));

        IEnumerable<long> Values(string name) => store.Points(store.Instruments(resource.Key).Single(instrument => instrument.Description.Name == name))
            .Select(point => ((NumberDataPoint)point.Message).AsInt);
    }

    [Fact]
    public void MetricWithoutANameIsRefusedByPoints()
    {
        var result = store.Add([Metrics("", 1, 2)]);

        Assert.Equal((0, 2, "A metric must have a name."), (result.Accepted, result.Rejected, result.Reason));
    }

    [Fact]
    public void TooManyResourcesAreRefusedAndTheKnownOnesStayWelcome()
    {
        var result = store.Add([From("one", Span(1, 1)), From("two", Span(1, 2)), From("three", Span(1, 3), Span(1, 4)), From("one", Span(1, 5))]);

        Assert.Equal((3, 2, "There are too many resources or scopes to keep another."), (result.Accepted, result.Rejected, result.Reason));
    }

    [Fact]
    public void BytesOfTracesAreBounded()
    {
        var bounded = new TelemetryStore(new() { TraceBytes = 1_000_000, BytesPerTrace = 300_000 });
        for (var trace = 1; trace <= 200; trace++)
        {
            bounded.Add([From("service", Span(trace, 1).With("payload", new string('x', 15_000)))]);
        }
        // a character is two bytes, twice counted
        Assert.InRange(bounded.Traces(AllTraces).Count, 1_000_000 / 80_000, 1_000_000 / 30_000);

        var result = bounded.Add([From("service", Enumerable.Range(1, 50).Select(span => Span(999, span).With("payload", new string('x', 15_000))))]);
        Assert.InRange(result.Accepted, 300_000 / 80_000, 300_000 / 30_000);
        Assert.Equal($"Trace {TraceId(999)} would take more than 300000 bytes.", result.Reason);
    }

    [Fact]
    public void EmptyAttributesCountForTheMemoryTheyTake()
    {
        var bounded = new TelemetryStore(new() { LogBytes = 100_000 });
        for (var log = 0; log < 100; log++)
        {
            var record = Log("small");
            record.Attributes.Add(Enumerable.Range(0, 100).Select(_ => new KeyValue()));
            bounded.Add([LogsFrom("service", record)]);
        }

        Assert.InRange(bounded.Logs(AllLogs, 1_000).Total, 1, 10);
    }

    [Fact]
    public void BytesOfMetricsAreBounded()
    {
        var bounded = new TelemetryStore(new() { MetricBytes = 100_000 });
        var point = new HistogramDataPoint();
        point.BucketCounts.Add(Enumerable.Repeat(1UL, 500));
        for (var number = 0; number < 100; number++)
        {
            bounded.Add([Metrics(new Metric { Name = "latency", Histogram = new() { DataPoints = { point.Clone() } } })]);
        }

        var instrument = Assert.Single(bounded.Instruments(bounded.Resources[0].Key));
        Assert.InRange(bounded.Points(instrument).Count, 1, 25);
    }

    [Theory]
    [InlineData("checkout", null, "checkout")]
    [InlineData("checkout", "7f6d9c4e-0000-0000-0000-0000aabbccdd", "checkout-aabbccdd")]
    [InlineData("checkout", "node-1", "checkout-node-1")]
    public void ReplicaIsNamedByTheEndOfItsInstanceId(string service, string? instance, string expected) =>
        Assert.Equal(expected, ResourceKey.Of(Resource(service, instance)).ReplicaName);

    [Fact]
    public void ResourceWithoutANameIsUnknownService()
    {
        Assert.Equal("unknown_service", ResourceKey.Of(null).Name);
        Assert.Equal("unknown_service:dotnet", ResourceKey.Of(new() { Attributes = { Attribute("process.executable.name", "dotnet") } }).Name);
    }

    [Fact]
    public async Task FollowerGetsWhatIsHereThenWhatComesEachOnce()
    {
        store.Add([LogsFrom("service", Log("one"))]);
        await using var followed = store.FollowLogs(AllLogs with { Search = new("o") }, CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await followed.MoveNextAsync());
        Assert.Equal("one", followed.Current.Body);
        var next = followed.MoveNextAsync().AsTask();
        store.Add([LogsFrom("service", Log("three"), Log("two"))]);
        Assert.True(await next);
        Assert.Equal("two", followed.Current.Body);
    }

    private static ResourceMetrics Metrics(string name, params IEnumerable<long> values)
    {
        var metric = new Metric { Name = name, Sum = new() { IsMonotonic = true } };
        metric.Sum.DataPoints.Add(values.Select(value => new NumberDataPoint { AsInt = value }));
        return Metrics(metric);
    }

    private static ResourceMetrics Metrics(Metric metric) =>
        new() { Resource = Resource("service", null), ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = "meter" }, Metrics = { metric } } } };
}
