using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.Observe;
using WasmAspire.Tests.Observe;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>The way of guests' metrics to a sink: the service defaults' own providers, a real OTLP receiver.</summary>
public sealed class GuestMetricsProviderTests
{
    private const string Counts = """
        (module
          (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "hits:1|c|@0.5")
          (func (export "run") (call $metric (i32.const 1) (i32.const 0) (i32.const 13))))
        """;

    [Fact]
    public async Task AThousandGuestNamesPushNoHostInstrumentOut()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await RunHostAsync(receiver, node =>
        {
            // Each session has names of its own.
            for (var name = 0; name < 1000; name++)
            {
                Record(node.Metrics, $"crowd{name}:1|c");
            }

            node.Application.CreateCounter<double>("host.own").Add(7);
        });

        Assert.Equal(GuestMetrics.MaxInstruments, receiver.Metrics.Count(metric => metric.Name.StartsWith("crowd", StringComparison.Ordinal)));
        Assert.Equal([7], Assert.Single(receiver.Metrics, metric => metric.Name == "host.own").Sums);
        // Those of other tests may be among them.
        Assert.Contains(receiver.Metrics, metric => metric.Name == "wasmaspire.guest.metrics.dropped");
    }

    [Fact]
    public async Task AnInstrumentThatIsGivenUpGivesItsPlaceBack()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await RunHostAsync(receiver, node =>
        {
            // An SDK gives 1,000 streams in all; those given up are free again after the next export.
            for (var name = 0; name < 1200; name++)
            {
                Record(node.Metrics, $"passing{name}:1|c");
                if (name % GuestMetrics.MaxInstruments == GuestMetrics.MaxInstruments - 1)
                {
                    node.Time.Pass(GuestMetrics.MaxIdleMinutes + 1);
                    Assert.True(node.Provider.ForceFlush());
                }
            }

            Record(node.Metrics, "passing0:1|c");
        });

        Assert.Equal(1200, receiver.Metrics.Select(metric => metric.Name).Distinct().Count(name => name.StartsWith("passing", StringComparison.Ordinal)));
        // The name is a new instrument, with a sum of its own; the old one's last sum was exported when it was given up.
        Assert.Equal([1, 1], receiver.Metrics.Where(metric => metric.Name == "passing0").SelectMany(metric => metric.Sums));
    }

    [Fact]
    public async Task AGuestsMeasurementComesOnceFromTheSameServiceWithItsTrace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var guest = new ObservedGuest();
        await RunHostAsync(receiver, node =>
        {
            guest.Run(Counts, options => options with { Metrics = node.Metrics });
            node.Application.CreateCounter<double>("host.own").Add(7);
        });

        var hits = Assert.Single(receiver.Metrics, metric => metric.Name == "hits");
        Assert.Equal([2], hits.Sums);
        Assert.Equal([guest.Execute!.TraceId.ToHexString()], hits.ExemplarTraces);
        Assert.Equal([guest.Execute.SpanId.ToHexString()], hits.ExemplarSpans);
        var host = Assert.Single(receiver.Metrics, metric => metric.Name == "host.own");
        Assert.Equal(("guests-of-tests", "node-7"), (hits.Resource["service.name"], hits.Resource["service.instance.id"]));
        Assert.Equal(host.Resource, hits.Resource);
    }

    /// <summary>Runs a host as a node's, and ends it: what it has to export has come then.</summary>
    private static async Task RunHostAsync(OtlpReceiver receiver, Action<Node> work)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_SERVICE_NAME"] = "guests-of-tests",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=node-7",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.AddServiceDefaults();
        builder.Services.AddGuestMetrics();
        var time = new GuestMinutes();
        builder.Services.AddSingleton<TimeProvider>(time);
        await using var app = builder.Build();
        await app.StartAsync();
        using var application = new Meter(builder.Environment.ApplicationName);
        work(new Node(
            app.Services.GetRequiredService<GuestMetrics>(),
            app.Services.GetServices<IHostedService>().OfType<GuestMetricsProvider>().Single().Provider,
            time,
            application));
        await app.StopAsync();
    }

    private static void Record(GuestMetrics metrics, string line) => metrics.Open(failure => throw failure).Record(Encoding.UTF8.GetBytes(line));

    private sealed record Node(GuestMetrics Metrics, MeterProvider Provider, GuestMinutes Time, Meter Application);
}
