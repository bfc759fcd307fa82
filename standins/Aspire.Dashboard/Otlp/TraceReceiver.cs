using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP's traces, over gRPC and over HTTP.</summary>
internal sealed class TraceReceiver(TelemetryStore store)
{
    public ExportTraceServiceResponse Export(ExportTraceServiceRequest request)
    {
        var result = store.Add(request.ResourceSpans);
        return result.Rejected == 0
            ? new()
            : new() { PartialSuccess = new() { RejectedSpans = result.Rejected, ErrorMessage = result.Reason } };
    }
}
