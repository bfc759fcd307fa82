extern alias Dashboard;

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dashboard::Aspire.Dashboard.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using static WasmAspire.Tests.StandIns.DashboardTelemetry;
using NumberDataPoint = Dashboard::OpenTelemetry.Proto.Metrics.V1.NumberDataPoint;

namespace WasmAspire.Tests.StandIns;

/// <summary>An implementation of OTLP that is not ours agrees with the dashboard on every field that it sends.</summary>
public sealed partial class DashboardExporterTests : IAsyncLifetime
{
    private const string Instance = "7f6d9c4e-0000-0000-0000-0000aabbccdd";

    private static readonly string[] Letters = ["a", "b"];
    private static readonly ResourceBuilder Exporter = ResourceBuilder.CreateEmpty().AddService("exporter", serviceInstanceId: Instance);

    private DashboardHost dashboard = null!;

    public async Task InitializeAsync() => dashboard = await DashboardHost.StartAsync();

    public async Task DisposeAsync() => await dashboard.DisposeAsync();

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public void SpansAndTheirLogsAreUnderstood(OtlpExportProtocol protocol)
    {
        var name = $"dashboard-spans-{protocol}";
        using var source = new ActivitySource(name, "2.0");
        using (Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Exporter).AddSource(name).AddOtlpExporter(options => Configure(options, protocol, "v1/traces")).Build())
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(
            options => options.SetResourceBuilder(Exporter).AddOtlpExporter(exporter => Configure(exporter, protocol, "v1/logs")))))
        {
            using var root = source.StartActivity("root", ActivityKind.Server)!;
            using var child = source.StartActivity("child", ActivityKind.Client, root.Context, links: [Link()])!;
            child.SetTag("text", "täxt").SetTag("number", 42).SetTag("letters", Letters).SetTag("ratio", 0.5);
            child.AddEvent(new("happened", tags: new() { { "how", "well" } }));
            child.SetStatus(ActivityStatusCode.Error, "broken");
            LogHalf(logging.CreateLogger("category"), "empty");
        }

        var spans = dashboard.Store.Trace(Assert.Single(dashboard.Store.Traces(new(new([]), null, 0, new(null)))).TraceId)!.Spans;
        var (parent, span) = (spans.Single(each => each.Name == "root"), spans.Single(each => each.Name == "child"));
        Assert.Equal((parent.SpanId, null), (span.ParentSpanId, parent.ParentSpanId));
        Assert.Equal(new ResourceKey("exporter", Instance), span.Resource.Key);
        Assert.Equal((name, "2.0"), (span.Scope.Name, span.Scope.Message.Version));
        Assert.Equal(("täxt", "42", "[\"a\",\"b\"]", "0.5"), (Text("text"), Text("number"), Text("letters"), Text("ratio")));
        Assert.Equal((true, "broken"), (span.IsError, span.Message.Status.Message));
        Assert.Equal(("happened", "well"), (span.Message.Events[0].Name, span.Message.Events[0].Attributes.Find("how")));
        Assert.InRange(span.Start, parent.Start, span.End);
        var details = dashboard.Store.Span(span.TraceId, span.SpanId)!;
        Assert.Equal(new SpanReference(TraceId(7), SpanId(8)), Assert.Single(details.Links).Reference);
        var log = Assert.Single(details.Logs);
        Assert.Equal((LogSeverity.Warning, "half {What}", "empty", "category"), (log.Severity, log.Body, log.Message.Attributes.Find("What"), log.Scope.Name));

        string? Text(string key) => span.Message.Attributes.Find(key);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public void MetricsAreUnderstood(OtlpExportProtocol protocol)
    {
        var name = $"dashboard-metrics-{protocol}";
        using var meter = new Meter(name);
        using (Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Exporter).AddMeter(name).AddOtlpExporter(options => Configure(options, protocol, "v1/metrics")).Build())
        {
            meter.CreateCounter<long>("counter", "jobs").Add(3, new KeyValuePair<string, object?>("queue", "a"));
        }

        var instrument = Assert.Single(dashboard.Store.Instruments(new("exporter", Instance)));
        Assert.Equal(("counter", "jobs", name, true), (instrument.Description.Name, instrument.Description.Unit, instrument.Scope.Name, instrument.Description.Sum.IsMonotonic));
        var point = (NumberDataPoint)dashboard.Store.Points(instrument)[^1].Message;
        Assert.Equal((3, "a"), (point.AsInt, point.Attributes.Find("queue")));
    }

    private static ActivityLink Link() => new(new(ActivityTraceId.CreateFromString(TraceId(7)), ActivitySpanId.CreateFromString(SpanId(8)), default));

    [LoggerMessage(Level = LogLevel.Warning, Message = "half {What}")]
    private static partial void LogHalf(ILogger logger, string what);

    private void Configure(OtlpExporterOptions options, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? dashboard.OtlpGrpc : new Uri(dashboard.OtlpHttp, path);
        options.Headers = $"x-otlp-api-key={DashboardHost.OtlpKey}";
    }
}
