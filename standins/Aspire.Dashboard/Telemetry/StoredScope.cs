using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>An instrumentation scope of one resource: the library or source that made the telemetry.</summary>
internal sealed record StoredScope(InstrumentationScope Message)
{
    public string Name => Message.Name;
}
