extern alias Dashboard;

using Dashboard::Aspire.Dashboard.Pages;
using Dashboard::Aspire.Dashboard.Telemetry;
using Dashboard::OpenTelemetry.Proto.Logs.V1;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;
using Kind = Dashboard::OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind;

namespace WasmAspire.Tests.StandIns;

public sealed class DashboardWaterfallTests
{
    private readonly TelemetryStore store = new(new());

    [Fact]
    public void ParentsComeBeforeChildrenAndSiblingsByTheirStart()
    {
        var waterfall = Of(
            Span(1, 5, parent: 3, name: "b.2", start: 8),
            Span(1, 4, parent: 3, name: "b.1", start: 7),
            Span(1, 3, parent: 1, name: "b", start: 6),
            Span(1, 2, parent: 1, name: "a", start: 1),
            Span(1, 1, name: "root", start: 0, duration: 20));

        Assert.Equal([("root", 0, 1, 1), ("a", 1, 1, 2), ("b", 1, 2, 2), ("b.1", 2, 1, 2), ("b.2", 2, 2, 2)], waterfall.Rows.Select(row => (row.Span.Name, row.Depth, row.Position, row.Siblings)));
        Assert.Equal(3, waterfall.Depth);
    }

    [Fact]
    public void SpanWhoseParentHasNotComeIsARootAndMarked()
    {
        var waterfall = Of(Span(1, 1, name: "root", start: 5), Span(1, 3, parent: 2, name: "orphan", start: 1), Span(1, 4, parent: 3, name: "its child", start: 2));

        Assert.Equal([("orphan", 0, true), ("its child", 1, false), ("root", 0, false)], waterfall.Rows.Select(row => (row.Span.Name, row.Depth, row.IsOrphan)));
    }

    [Fact]
    public void SpansThatAreTheirOwnAncestorsShowAllTheSame()
    {
        var waterfall = Of(
            Span(1, 1, parent: 2, name: "one", start: 1), Span(1, 2, parent: 1, name: "two", start: 0), Span(1, 3, parent: 3, name: "itself", start: 2), Span(1, 4, parent: 1, name: "child", start: 3));

        Assert.Equal([("two", 0), ("one", 1), ("child", 2), ("itself", 0)], waterfall.Rows.Select(row => (row.Span.Name, row.Depth)));
    }

    [Fact]
    public void ChainOfTwentyThousandIsNoDeeperThanTheStack()
    {
        store.Add([From("service", Enumerable.Range(1, 20_000).Select(id => Span(1, id, parent: id - 1)))]);

        var waterfall = Waterfall.Of(store.Trace(TraceId(1))!);

        Assert.Equal(20_000, waterfall.Depth);
    }

    [Fact]
    public void BarsAreInPercentOfTheTrace()
    {
        var waterfall = Of(Span(1, 1, start: 0, duration: 200), Span(1, 2, parent: 1, start: 50, duration: 100), Span(1, 3, parent: 1, start: 200, duration: 0));

        Assert.Equal([(0, 100), (25, 50), (100, 0)], waterfall.Rows.Select(row => (row.Start, row.Width)));
    }

    [Fact]
    public void SpanThatEndsBeforeItStartsHasNoLength()
    {
        var backwards = Span(1, 2, parent: 1, start: 50);
        backwards.EndTimeUnixNano = 0;

        var row = Of(Span(1, 1, start: 0, duration: 100), backwards).Rows[1];

        Assert.Equal((50, 0), (row.Start, row.Width));
    }

    [Fact]
    public void TraceWithoutLengthHasBarsAtItsStart() =>
        Assert.Equal((0, 0), (Of(Span(1, 1, duration: 0)).Rows[0].Start, Of(Span(1, 2, duration: 0)).Rows[0].Width));

    [Fact]
    public void LogsAreDotsAtTheirTimesTheWorstOfAPlaceWins()
    {
        store.Add([LogsFrom(
            "service",
            Log("start", trace: 1, span: 1, time: 0),
            Log("middle", trace: 1, span: 1, time: 50),
            Log("middle too", trace: 1, span: 1, time: 50.001, severity: SeverityNumber.Error2),
            Log("too late", trace: 1, span: 1, time: 500, severity: SeverityNumber.Warn),
            Log("of another", trace: 1, span: 2, time: 1))]);

        var row = Of(Span(1, 1, start: 0, duration: 100)).Rows[0];

        Assert.Equal([(0, LogSeverity.Information), (50, LogSeverity.Error), (100, LogSeverity.Warning)], row.Logs);
    }

    [Theory]
    [InlineData("MSG redis publish jobs", "Producer", "messaging.system=redis", "messaging.operation=publish", "messaging.destination.name=jobs")]
    [InlineData("MSG redis process jobs", "Consumer", "messaging.system=redis", "messaging.operation=process", "messaging.destination.name=jobs")]
    [InlineData("HTTP POST 202", "Client", "http.request.method=post", "http.response.status_code=202")]
    [InlineData("HTTP GET 404", "Client", "http.method=GET", "http.status_code=404")]
    [InlineData("HTTP GET", "Client", "http.request.method=GET")]
    [InlineData("DATA redis operation", "Client", "db.system=redis")]
    [InlineData("RPC greet.Greeter/Hello NotFound", "Client", "rpc.system=grpc", "rpc.service=greet.Greeter", "rpc.method=Hello", "rpc.grpc.status_code=5")]
    [InlineData("RPC Cart/Add", "Client", "rpc.system=wcf", "rpc.service=Cart", "rpc.method=Add")]
    [InlineData("operation", "Server", "http.request.method=GET")]
    [InlineData("operation", "Internal", "messaging.system=redis")]
    [InlineData("operation", "Client")]
    public void CallingSpanIsNamedByWhatItDoes(string expected, string kind, params string[] attributes)
    {
        var span = Span(1, 1).Of(Enum.Parse<Kind>(kind));
        foreach (var attribute in attributes)
        {
            span.With(attribute.Split('=')[0], attribute.Split('=')[1]);
        }

        Assert.Equal(expected, SpanSummary.Of(span));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(999, "999ns")]
    [InlineData(1_000, "1μs")]
    [InlineData(812_400, "812μs")]
    [InlineData(1_250_000, "1.25ms")]
    [InlineData(35_240_000, "35.2ms")]
    [InlineData(999_999_999, "999ms")]
    [InlineData(1_000_000_000, "1s")]
    [InlineData(59_999_000_000, "59.9s")]
    [InlineData(60_000_000_000, "1m")]
    [InlineData(125_000_000_000, "2m 5s")]
    [InlineData(3_660_000_000_000, "1h 1m")]
    [InlineData(90_000_000_000_000, "1d 1h")]
    [InlineData(ulong.MaxValue, "213503d 23h")]
    public void DurationHasThreeDigitsOrTwoUnits(ulong nanoseconds, string expected) => Assert.Equal(expected, Formats.Duration(nanoseconds));

    private Waterfall Of(params Span[] spans)
    {
        store.Add([From("service", spans)]);
        return Waterfall.Of(store.Trace(TraceId(1))!);
    }
}
