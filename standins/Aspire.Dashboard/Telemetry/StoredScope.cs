using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>An instrumentation scope of one resource: the library or source that made the telemetry.</summary>
internal sealed class StoredScope(InstrumentationScope message)
{
    public InstrumentationScope Message => message;

    public string Name => message.Name;
}
