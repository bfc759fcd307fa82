using Google.Protobuf;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Trace and span ids on the wire.</summary>
internal static class IdentifierExtensions
{
    /// <summary>Absent, or all zeroes: both mean none.</summary>
    public static bool IsZero(this ByteString id) => !id.Span.ContainsAnyExcept((byte)0);

    public static bool IsTraceId(this ByteString id) => id.Length == 16 && !id.IsZero();

    public static bool IsSpanId(this ByteString id) => id.Length == 8 && !id.IsZero();
}
