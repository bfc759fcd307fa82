using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using WasmAspire.Observe;

namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>
/// The meter provider of what guests measure, apart from the host's: an SDK takes 1,000 streams and no more, and guests name as many as they
/// like. It exports by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, as the same service as the host, and once more at its end.
/// </summary>
internal sealed class GuestMetricsProvider : IHostedService, IDisposable
{
    /// <summary>Begins to listen.</summary>
    /// <param name="host">The host's provider, whose resource is the service.</param>
    /// <param name="configuration">Where the <c>OTEL_*</c> settings are.</param>
    public GuestMetricsProvider(MeterProvider host, IConfiguration configuration)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            // By itself it would look into the environment alone, and the host's exporters look here.
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(host.GetResource().Attributes))
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddMeter(GuestMetrics.MeterName)
            // An SDK makes room for 2,000 tag sets of each instrument beforehand.
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = GuestMetrics.MaxTagSets + 1 });
        if (!string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.AddOtlpExporter();
        }

        Provider = builder.Build();
    }

    /// <summary>The provider itself.</summary>
    public MeterProvider Provider { get; }

    /// <summary>Nothing: that the host asks for it is what makes it.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing: a slot that still stops may measure.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Exports what is left, for at most a few seconds.</summary>
    public void Dispose() => Provider.Dispose();
}
