namespace Aspire.Dashboard.Otlp;

/// <summary>What a sender may ask of the dashboard at once.</summary>
internal static class OtlpLimits
{
    /// <summary>Of one request, unpacked: gRPC's own default, and what Aspire's dashboard takes.</summary>
    public const int RequestBytes = 4 << 20;

    /// <summary>
    /// Requests worked on at a time. Unpacked into objects, 4 MB of hostile protobuf are some hundred MB for a moment;
    /// this bounds how often that can happen at once. An honest request takes milliseconds.
    /// </summary>
    public const int Requests = 4;
}
