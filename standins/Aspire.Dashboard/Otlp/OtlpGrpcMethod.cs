using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// The one method of an OTLP service. Bound by hand and not by a generated base class, whose reader keeps fields that
/// we do not know, and takes a sender's broken message for a failure of ours.
/// </summary>
internal sealed class OtlpGrpcMethod<TReceiver, TRequest, TResponse>(FileDescriptor file, Func<TReceiver, TRequest, TResponse> export)
    : IServiceMethodProvider<TReceiver>
    where TReceiver : class
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly Google.Protobuf.Reflection.ServiceDescriptor service = file.Services[0];

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TReceiver> context) => context.AddUnaryMethod(
        new Method<TRequest, TResponse>(MethodType.Unary, service.FullName, service.Methods[0].Name, Marshaller<TRequest>(), Marshaller<TResponse>()),
        [],
        (receiver, request, _) => Task.FromResult(export(receiver, request)));

    private static Marshaller<T> Marshaller<T>() where T : class, IMessage<T>, new() => new(
        (message, context) => context.Complete(message.ToByteArray()),
        context =>
        {
            try
            {
                return OtlpParser<T>.Instance.ParseFrom(context.PayloadAsReadOnlySequence());
            }
            catch (InvalidProtocolBufferException exception)
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, exception.Message));
            }
        });
}
