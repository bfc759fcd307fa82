using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>The receivers, and gRPC for them.</summary>
internal static class OtlpServices
{
    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = OtlpLimits.RequestBytes;
            grpc.CompressionProviders = [new CappedGzip(OtlpLimits.RequestBytes)];
        });
        Add<TraceReceiver, ExportTraceServiceRequest, ExportTraceServiceResponse>(TraceServiceReflection.Descriptor, (receiver, request) => receiver.Export(request));
        Add<LogsReceiver, ExportLogsServiceRequest, ExportLogsServiceResponse>(LogsServiceReflection.Descriptor, (receiver, request) => receiver.Export(request));
        Add<MetricsReceiver, ExportMetricsServiceRequest, ExportMetricsServiceResponse>(MetricsServiceReflection.Descriptor, (receiver, request) => receiver.Export(request));

        void Add<TReceiver, TRequest, TResponse>(FileDescriptor file, Func<TReceiver, TRequest, TResponse> export)
            where TReceiver : class
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse>, new() => services
            .AddSingleton<TReceiver>()
            .AddSingleton<IServiceMethodProvider<TReceiver>>(new OtlpGrpcMethod<TReceiver, TRequest, TResponse>(file, export));
    }

    public static void MapOtlpGrpc(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<TraceReceiver>();
        routes.MapGrpcService<LogsReceiver>();
        routes.MapGrpcService<MetricsReceiver>();
    }
}
