using Google.Protobuf;

namespace Aspire.Dashboard.Otlp;

/// <summary>Reads a message, and leaves out what it does not know: such fields would take memory that nobody counts.</summary>
internal static class OtlpParser<T> where T : IMessage<T>, new()
{
    public static MessageParser<T> Instance { get; } = new MessageParser<T>(() => new()).WithDiscardUnknownFields(true);
}
