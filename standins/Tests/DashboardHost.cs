extern alias Dashboard;

using System.Net.Http.Headers;
using Dashboard::Aspire.Dashboard;
using Dashboard::Aspire.Dashboard.Configuration;
using Dashboard::Aspire.Dashboard.Telemetry;
using Dashboard::OpenTelemetry.Proto.Collector.Trace.V1;
using Dashboard::OpenTelemetry.Proto.Trace.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace WasmAspire.Tests.StandIns;

/// <summary>A dashboard in this process, on ports of its own.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    public const string Token = "browser-token";
    public const string OtlpKey = "otlp-key";
    public const string ApiKey = "api-key";

    private static readonly Method<ExportTraceServiceRequest, ExportTraceServiceResponse> ExportTraces = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.trace.v1.TraceService",
        "Export",
        Marshallers.Create(message => message.ToByteArray(), ExportTraceServiceRequest.Parser.ParseFrom),
        Marshallers.Create(message => message.ToByteArray(), ExportTraceServiceResponse.Parser.ParseFrom));

    private readonly DashboardApplication application;

    private DashboardHost(DashboardApplication application) => this.application = application;

    public TelemetryStore Store => application.Store;

    public Uri Frontend => application.Addresses(Door.Frontend).Single();

    public Uri OtlpGrpc => application.Addresses(Door.OtlpGrpc).Single();

    public Uri OtlpHttp => application.Addresses(Door.OtlpHttp).Single();

    /// <summary>With a key for each door.</summary>
    public static Task<DashboardHost> StartAsync(TelemetryLimits? limits = null) => StartAsync(limits, new()
    {
        ["DASHBOARD:FRONTEND:BROWSERTOKEN"] = Token,
        ["DASHBOARD:OTLP:PRIMARYAPIKEY"] = OtlpKey,
        ["DASHBOARD:API:PRIMARYAPIKEY"] = ApiKey,
    });

    /// <summary>With all doors open.</summary>
    public static Task<DashboardHost> StartOpenAsync(TelemetryLimits? limits = null) => StartAsync(limits, new()
    {
        ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
    });

    /// <summary>Follows no redirect, so that a test sees it; has no cookies of its own.</summary>
    public static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>Sends spans as an exporter does, and gives back what the dashboard said to it.</summary>
    public async Task<ExportTraceServiceResponse> ExportAsync(params ResourceSpans[] spans)
    {
        using var channel = GrpcChannel.ForAddress(OtlpGrpc);
        return await ExportAsync(channel, new() { ResourceSpans = { spans } }, OtlpKey);
    }

    public static async Task<ExportTraceServiceResponse> ExportAsync(GrpcChannel channel, ExportTraceServiceRequest request, string? key, string? compression = null)
    {
        var headers = new Metadata();
        if (key is not null)
        {
            headers.Add("x-otlp-api-key", key);
        }
        if (compression is not null)
        {
            headers.Add("grpc-internal-encoding-request", compression);
        }
        return await channel.CreateCallInvoker().AsyncUnaryCall(ExportTraces, null, new(headers), request);
    }

    public static ByteArrayContent Protobuf(byte[] bytes, string? encoding = null)
    {
        var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }
        return content;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static async Task<DashboardHost> StartAsync(TelemetryLimits? limits, Dictionary<string, string?> environment)
    {
        environment["ASPNETCORE_URLS"] = environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = environment["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://localhost:0";
        var options = DashboardOptions.From(new ConfigurationBuilder().AddInMemoryCollection(environment).Build());
        var application = DashboardApplication.Create(limits is null ? options : options with { Limits = limits });
        await application.StartAsync(CancellationToken.None);
        return new(application);
    }
}
