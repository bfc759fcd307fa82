using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP's metrics, over gRPC and over HTTP.</summary>
internal sealed class MetricsReceiver(TelemetryStore store)
{
    public ExportMetricsServiceResponse Export(ExportMetricsServiceRequest request)
    {
        var result = store.Add(request.ResourceMetrics);
        return result.Rejected == 0
            ? new()
            : new() { PartialSuccess = new() { RejectedDataPoints = result.Rejected, ErrorMessage = result.Reason } };
    }
}
