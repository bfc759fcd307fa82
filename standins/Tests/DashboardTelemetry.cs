extern alias Dashboard;

using System.Globalization;
using Dashboard::OpenTelemetry.Proto.Common.V1;
using Dashboard::OpenTelemetry.Proto.Logs.V1;
using Dashboard::OpenTelemetry.Proto.Resource.V1;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using Google.Protobuf;

namespace WasmAspire.Tests.StandIns;

/// <summary>Telemetry for the dashboard's tests: ids from small numbers, times in milliseconds from one fixed moment.</summary>
internal static class DashboardTelemetry
{
    private const ulong Millisecond = 1_000_000;

    private static readonly ulong Epoch = (ulong)new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeMilliseconds() * Millisecond;

    public static string TraceId(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    public static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    public static ulong Time(double milliseconds) => Epoch + (ulong)(milliseconds * Millisecond);

    public static Span Span(int trace, int id, int? parent = null, string name = "operation", double start = 0, double duration = 10, bool isError = false)
    {
        var span = new Span
        {
            TraceId = Bytes(TraceId(trace)),
            SpanId = Bytes(SpanId(id)),
            Name = name,
            Kind = Dashboard::OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Internal,
            StartTimeUnixNano = Time(start),
            EndTimeUnixNano = Time(start + duration),
        };
        if (parent is { } parentId)
        {
            span.ParentSpanId = Bytes(SpanId(parentId));
        }
        if (isError)
        {
            span.Status = new() { Code = Status.Types.StatusCode.Error, Message = "it failed" };
        }
        return span;
    }

    public static Span With(this Span span, string key, string value)
    {
        span.Attributes.Add(Attribute(key, value));
        return span;
    }

    public static Span Of(this Span span, Span.Types.SpanKind kind)
    {
        span.Kind = kind;
        return span;
    }

    public static Span LinkedTo(this Span span, int trace, int id)
    {
        span.Links.Add(new Span.Types.Link { TraceId = Bytes(TraceId(trace)), SpanId = Bytes(SpanId(id)) });
        return span;
    }

    public static ResourceSpans From(string service, params IEnumerable<Span> spans) => From(service, null, spans);

    public static ResourceSpans From(string service, string? instance, IEnumerable<Span> spans)
    {
        var scope = new ScopeSpans { Scope = new() { Name = "tests", Version = "1.0" } };
        scope.Spans.AddRange(spans);
        return new() { Resource = Resource(service, instance), ScopeSpans = { scope } };
    }

    public static LogRecord Log(string message, int? trace = null, int? span = null, double time = 0, SeverityNumber severity = SeverityNumber.Info)
    {
        var log = new LogRecord { TimeUnixNano = Time(time), SeverityNumber = severity, Body = new() { StringValue = message } };
        if (trace is { } traceId)
        {
            log.TraceId = Bytes(TraceId(traceId));
        }
        if (span is { } spanId)
        {
            log.SpanId = Bytes(SpanId(spanId));
        }
        return log;
    }

    public static ResourceLogs LogsFrom(string service, params IEnumerable<LogRecord> records)
    {
        var scope = new ScopeLogs { Scope = new() { Name = "tests" } };
        scope.LogRecords.AddRange(records);
        return new() { Resource = Resource(service, null), ScopeLogs = { scope } };
    }

    public static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new() { StringValue = value } };

    public static ByteString Bytes(string hex) => ByteString.CopyFrom(Convert.FromHexString(hex));

    public static Resource Resource(string service, string? instance)
    {
        var resource = new Resource { Attributes = { Attribute("service.name", service) } };
        if (instance is not null)
        {
            resource.Attributes.Add(Attribute("service.instance.id", instance));
        }
        return resource;
    }
}
