using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Logs.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP's logs, over gRPC and over HTTP.</summary>
internal sealed class LogsReceiver(TelemetryStore store)
{
    public ExportLogsServiceResponse Export(ExportLogsServiceRequest request)
    {
        var result = store.Add(request.ResourceLogs);
        return result.Rejected == 0
            ? new()
            : new() { PartialSuccess = new() { RejectedLogRecords = result.Rejected, ErrorMessage = result.Reason } };
    }
}
