using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A calling span's name is often just the library's; its attributes say more. Aspire's dashboard words it so.</summary>
internal static class SpanSummary
{
    private static readonly string[] GrpcStatus =
    [
        "OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied", "ResourceExhausted",
        "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ];

    public static string Of(Span span)
    {
        if (span.Kind is not (Span.Types.SpanKind.Client or Span.Types.SpanKind.Producer or Span.Types.SpanKind.Consumer))
        {
            return span.Name;
        }
        if (Find("http.request.method", "http.method") is { } method)
        {
            return Join("HTTP", method.ToUpperInvariant(), Find("http.response.status_code", "http.status_code"));
        }
        if (Find("db.system") is { } database)
        {
            return Join("DATA", database, span.Name);
        }
        if (Find("rpc.system") is { } rpc)
        {
            return Join("RPC", $"{Find("rpc.service")}/{Find("rpc.method")}", rpc == "grpc" ? GrpcStatusName(Find("rpc.grpc.status_code")) : null);
        }
        if (Find("messaging.system") is { } messaging)
        {
            return Join("MSG", messaging, Find("messaging.operation"), Find("messaging.destination.name"));
        }
        return span.Name;

        string? Find(string key, string? other = null) =>
            span.Attributes.Find(key) is { Length: > 0 } value ? value
            : other is not null && span.Attributes.Find(other) is { Length: > 0 } second ? second
            : null;
    }

    private static string? GrpcStatusName(string? code) =>
        int.TryParse(code, out var number) && (uint)number < GrpcStatus.Length ? GrpcStatus[number] : code;

    private static string Join(params ReadOnlySpan<string?> words)
    {
        var present = new List<string>(words.Length);
        foreach (var word in words)
        {
            if (!string.IsNullOrEmpty(word))
            {
                present.Add(word);
            }
        }
        return string.Join(' ', present);
    }
}
