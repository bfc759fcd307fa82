namespace Aspire.Dashboard.Otlp;

/// <summary>A request that unpacks to more than may be sent at once.</summary>
internal sealed class RequestTooLargeException(int maxBytes) : IOException($"A request may have {maxBytes} bytes at most, unpacked.");
