using Aspire.Dashboard.Telemetry;
using Grpc.Core;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP's traces, over gRPC and over HTTP.</summary>
internal sealed class TraceReceiver(TelemetryStore store) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(Export(request));

    public ExportTraceServiceResponse Export(ExportTraceServiceRequest request)
    {
        var result = store.Add(request.ResourceSpans);
        return result.Rejected == 0
            ? new()
            : new() { PartialSuccess = new() { RejectedSpans = result.Rejected, ErrorMessage = result.Reason } };
    }
}
