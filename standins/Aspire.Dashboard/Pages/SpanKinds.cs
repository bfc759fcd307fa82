using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Pages;

/// <summary>How a span's kind shows.</summary>
internal static class SpanKinds
{
    public static string Name(Span.Types.SpanKind kind) => kind switch
    {
        Span.Types.SpanKind.Server => "Server",
        Span.Types.SpanKind.Client => "Client",
        Span.Types.SpanKind.Producer => "Producer",
        Span.Types.SpanKind.Consumer => "Consumer",
        Span.Types.SpanKind.Internal => "Internal",
        _ => "Unspecified",
    };

    /// <summary>The icon's name; a call to a database has one of its own.</summary>
    public static string Icon(Span span) => span.Kind switch
    {
        Span.Types.SpanKind.Server => "server",
        Span.Types.SpanKind.Client => span.Attributes.Find("db.system") is null ? "client" : "database",
        Span.Types.SpanKind.Producer => "producer",
        Span.Types.SpanKind.Consumer => "consumer",
        _ => "internal",
    };
}
