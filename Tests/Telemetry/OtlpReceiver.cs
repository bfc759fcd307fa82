using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace WasmAspire.Tests.Telemetry;

/// <summary>An OTLP/gRPC receiver of the test's own: it keeps what the services export and wakes whoever waits for it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedSpan> spans = new();
    private readonly ConcurrentQueue<ReceivedLog> logs = new();
    private readonly ConcurrentQueue<ReceivedMetric> metrics = new();
    private volatile TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.MapGrpcService<TraceReceiver>();
        app.MapGrpcService<LogsReceiver>();
        app.MapGrpcService<MetricsReceiver>();
    }

    /// <summary>What each request with spans waits for before it is kept and answered.</summary>
    public Func<Task> BeforeSpans { get; set; } = () => Task.CompletedTask;

    /// <summary>What <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is to be.</summary>
    public string Url => app.Urls.Single();

    /// <summary>The spans that have come so far.</summary>
    public IReadOnlyCollection<ReceivedSpan> Spans => spans;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until a trace is as wanted, and gives it; after a minute as it is, for the assertion to show.</summary>
    public async Task<ReceivedTrace> WaitForTraceAsync(string traceId, Func<ReceivedTrace, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = arrived.Task;
            var trace = new ReceivedTrace([.. spans.Where(span => span.TraceId == traceId)], [.. logs.Where(log => log.TraceId == traceId)]);
            if (wanted(trace) || patience.IsCancellationRequested)
            {
                return trace;
            }

            await Task.WhenAny(next, Task.Delay(Timeout.Infinite, patience.Token));
        }
    }

    /// <summary>The metrics that have come so far, each as often as it was exported.</summary>
    public IReadOnlyCollection<ReceivedMetric> Metrics => metrics;

    /// <summary>Waits until a metric of this name has come.</summary>
    public async Task WaitForMetricAsync(string name)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = arrived.Task;
            if (metrics.Any(metric => metric.Name == name))
            {
                return;
            }

            await next.WaitAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void Wake() =>
        Interlocked.Exchange(ref arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private sealed class TraceReceiver(OtlpReceiver receiver) : TraceService.TraceServiceBase
    {
        public override async Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            await receiver.BeforeSpans();
            foreach (var resource in request.ResourceSpans)
            {
                foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                {
                    receiver.spans.Enqueue(new ReceivedSpan(resource.Resource, span));
                }
            }

            receiver.Wake();
            return new ExportTraceServiceResponse();
        }
    }

    private sealed class LogsReceiver(OtlpReceiver receiver) : LogsService.LogsServiceBase
    {
        public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context)
        {
            foreach (var record in request.ResourceLogs.SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords.Select(record => (scope.Scope, record))))
            {
                receiver.logs.Enqueue(new ReceivedLog(record.Scope.Name, record.record));
            }

            receiver.Wake();
            return Task.FromResult(new ExportLogsServiceResponse());
        }
    }

    private sealed class MetricsReceiver(OtlpReceiver receiver) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
        {
            foreach (var resource in request.ResourceMetrics)
            {
                foreach (var metric in resource.ScopeMetrics.SelectMany(scope => scope.Metrics))
                {
                    receiver.metrics.Enqueue(new ReceivedMetric(resource.Resource, metric));
                }
            }

            receiver.Wake();
            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }
}
