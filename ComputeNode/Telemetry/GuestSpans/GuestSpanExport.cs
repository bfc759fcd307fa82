using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WasmAspire.Observe;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>
/// The guests' spans on their way out of the node: a tracer provider of their own with a queue that has a place for every
/// span made. Where nothing exports, there is none, and sessions make no spans.
/// </summary>
internal sealed class GuestSpanExport : IHostedService, IDisposable
{
    private readonly GuestSpanQueue? queue;
    private readonly TracerProvider? provider;

    public GuestSpanExport(
        TracerProvider host,
        IOptions<NodeOptions> options,
        IOptionsFactory<OtlpExporterOptions> otlp,
        IConfiguration configuration,
        IMeterFactory meters,
        ILogger<GuestSpanExport> logger)
    {
        if (!OtlpTraces.IsConfigured(configuration))
        {
            return;
        }

        var lost = meters.Create(NodeTelemetry.Name).CreateCounter<long>(
            GuestSpanQueue.LostSpansMetric,
            "{span}",
            "Guest spans that were made and did not arrive, without those that a job counted as its own");
        var exporter = new OtlpTraceExporter(OtlpTraces.Apply(configuration, otlp.Create(Options.DefaultName)));
        queue = new GuestSpanQueue(exporter, GuestSpanQueueOptions.From(options.Value, configuration), lost, logger);
        provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            // The service's own, with the instance's id: one service, whichever provider a span went through.
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(host.GetResource().Attributes))
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddSource(ObserveSession.SourceName)
            .AddProcessor(queue)
            .Build();
    }

    /// <summary>Opens the places of the session that runs on this thread; null where nothing exports.</summary>
    public SessionPlaces? Open() => queue?.Open();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Exports what is left, as far as there is time.</summary>
    /// <param name="cancellationToken">Says that the time is over.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (queue is not null && provider is not null)
        {
            await using var over = cancellationToken.Register(queue.Abandon);
            await Task.Run(() => provider.Shutdown(), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => provider?.Dispose();
}
