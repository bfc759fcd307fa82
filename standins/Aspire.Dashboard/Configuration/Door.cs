namespace Aspire.Dashboard.Configuration;

/// <summary>What a listener serves. A request sees only what is behind the door it came through.</summary>
internal enum Door
{
    Frontend,
    OtlpGrpc,
    OtlpHttp,
}
