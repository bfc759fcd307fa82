using System.IO.Compression;
using Google.Protobuf;
using Microsoft.Net.Http.Headers;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP over HTTP: protobuf in, protobuf out.</summary>
internal static class OtlpHttpEndpoints
{
    private const string Protobuf = "application/x-protobuf";

    public static void MapOtlpHttp(this IEndpointRouteBuilder routes)
    {
        Map<TraceReceiver, ExportTraceServiceRequest>("/v1/traces", (receiver, request) => receiver.Export(request));
        Map<LogsReceiver, ExportLogsServiceRequest>("/v1/logs", (receiver, request) => receiver.Export(request));
        Map<MetricsReceiver, ExportMetricsServiceRequest>("/v1/metrics", (receiver, request) => receiver.Export(request));

        void Map<TReceiver, TRequest>(string path, Func<TReceiver, TRequest, IMessage> export)
            where TReceiver : notnull
            where TRequest : IMessage<TRequest>, new()
        {
            var receiver = routes.ServiceProvider.GetRequiredService<TReceiver>();
            routes.MapPost(path, context => Export<TRequest>(context, request => export(receiver, request)));
        }
    }

    private static async Task Export<TRequest>(HttpContext context, Func<TRequest, IMessage> export)
        where TRequest : IMessage<TRequest>, new()
    {
        if (Unsupported(context.Request) is { } reason)
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, reason);
            return;
        }
        TRequest request;
        try
        {
            request = OtlpParser<TRequest>.Instance.ParseFrom(await ReadBody(context));
        }
        catch (BadHttpRequestException exception)
        {
            await Refuse(context, exception.StatusCode, exception.Message);
            return;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, $"The body is not what its headers say: {exception.Message}");
            return;
        }
        context.Response.ContentType = Protobuf;
        await context.Response.BodyWriter.WriteAsync(export(request).ToByteArray(), context.RequestAborted);
    }

    private static string? Unsupported(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            return $"Content-Type must be {Protobuf}.";
        }
        return IsGzip(request) || request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity"
            ? null
            : "Content-Encoding must be gzip, or absent.";
    }

    private static bool IsGzip(HttpRequest request) => string.Equals(request.Headers.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadBody(HttpContext context)
    {
        var request = context.Request;
        await using var body = new CappedStream(IsGzip(request) ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body, OtlpLimits.RequestBytes, TooLarge);
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.ToArray();
    }

    private static BadHttpRequestException TooLarge() =>
        new($"A request may have {OtlpLimits.RequestBytes} bytes at most, unpacked.", StatusCodes.Status413PayloadTooLarge);

    private static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
