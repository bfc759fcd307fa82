using System.Text.Json;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aspire.Dashboard.Api;

/// <summary>/api/telemetry: what is here, as OTLP JSON.</summary>
internal static class TelemetryApi
{
    private const int DefaultLimit = 200;
    private const int DefaultTraceLimit = 100;

    public static void MapTelemetryApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithMetadata(new AccessRuleMetadata(AccessRule.ApiKey));
        api.MapGet("/telemetry/resources", Resources);
        api.MapGet("/telemetry/spans", Spans);
        api.MapGet("/telemetry/logs", Logs);
        api.MapGet("/telemetry/traces", Traces);
        api.MapGet("/telemetry/traces/{traceId}", Trace);
        api.Map("/{**path}", () => TypedResults.Problem("There is nothing here.", statusCode: StatusCodes.Status404NotFound));
    }

    private static JsonHttpResult<IEnumerable<ResourceEntry>> Resources(TelemetryStore store) => TypedResults.Json(store.Resources.Select(resource =>
        new ResourceEntry(resource.Key.Name, resource.Key.InstanceId, resource.Key.CompositeName, resource.HasLogs, resource.HasTraces, resource.HasMetrics)));

    private static IResult Spans(HttpContext context, TelemetryStore store, IHostApplicationLifetime lifetime)
    {
        var query = new ApiQuery(context.Request.Query);
        var filter = new SpanFilter(query.Resources, query.TraceId, query.Flag("hasError"), query.Search);
        var limit = query.Limit(DefaultLimit);
        if (query.Flag("follow") == true)
        {
            return query.Problem ?? new NdjsonStream<StoredSpan>(
                token => store.FollowSpans(filter, token), (writer, span) => OtlpJson.WriteSpans(writer, [span]), lifetime.ApplicationStopping);
        }
        if (Refusal(query, store) is { } refusal)
        {
            return refusal;
        }
        var (spans, total) = store.Spans(filter, limit);
        return Answer(writer => OtlpJson.WriteSpans(writer, spans), total, spans.Count);
    }

    private static IResult Logs(HttpContext context, TelemetryStore store, IHostApplicationLifetime lifetime)
    {
        var query = new ApiQuery(context.Request.Query);
        var filter = new LogFilter(query.Resources, query.TraceId, query.Severity, query.Search);
        var limit = query.Limit(DefaultLimit);
        if (query.Flag("follow") == true)
        {
            return query.Problem ?? new NdjsonStream<StoredLog>(
                token => store.FollowLogs(filter, token), (writer, log) => OtlpJson.WriteLogs(writer, [log]), lifetime.ApplicationStopping);
        }
        if (Refusal(query, store) is { } refusal)
        {
            return refusal;
        }
        var (logs, total) = store.Logs(filter, limit);
        return Answer(writer => OtlpJson.WriteLogs(writer, logs), total, logs.Count);
    }

    private static IResult Traces(HttpContext context, TelemetryStore store)
    {
        var query = new ApiQuery(context.Request.Query);
        var filter = new TraceFilter(query.Resources, query.Flag("hasError"), 0, query.Search);
        var limit = query.Limit(DefaultTraceLimit);
        if (Refusal(query, store) is { } refusal)
        {
            return refusal;
        }
        var traces = store.Traces(filter);
        // the newest of them, oldest first
        var returned = traces.Take(limit).Reverse().ToList();
        var spans = returned.SelectMany(trace => store.Trace(trace.TraceId)?.Spans ?? []);
        return Answer(writer => OtlpJson.WriteSpans(writer, spans), traces.Count, returned.Count);
    }

    private static IResult Trace(string traceId, TelemetryStore store)
    {
        if (store.Trace(traceId.ToLowerInvariant()) is not { } trace)
        {
            return TypedResults.Problem($"No trace with ID '{traceId}' was found.", statusCode: StatusCodes.Status404NotFound, title: "Trace not found");
        }
        var spans = trace.Spans.OrderBy(span => span.Start).ToList();
        return Answer(writer => OtlpJson.WriteSpans(writer, spans), spans.Count, spans.Count);
    }

    private static IResult? Refusal(ApiQuery query, TelemetryStore store) => query.Problem ?? (query.Resources.AreAllIn(store.Resources)
        ? null
        : TypedResults.Problem("No resource with specified name(s) was found.", statusCode: StatusCodes.Status404NotFound, title: "Resource not found"));

    private static FileContentHttpResult Answer(Action<Utf8JsonWriter> data, int total, int returned) => TypedResults.Bytes(
        JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            data(writer);
            writer.WriteNumber("totalCount", total);
            writer.WriteNumber("returnedCount", returned);
            writer.WriteEndObject();
        }),
        "application/json; charset=utf-8");
}
