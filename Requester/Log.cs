using WasmAspire.Jobs;

namespace WasmAspire.Requester;

/// <summary>What the requester has to say; event ids 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "Redis cannot be reached ({Problem})")]
    public static partial void RedisLost(ILogger logger, string problem);

    [LoggerMessage(1001, LogLevel.Information, "Job {JobId} accepted")]
    public static partial void Accepted(ILogger logger, string jobId);

    [LoggerMessage(1005, LogLevel.Information, "Job {JobId} was to be cancelled; it is {State}")]
    public static partial void Cancelled(ILogger logger, string jobId, JobState state);

    [LoggerMessage(1002, LogLevel.Warning, "Refused {Method} {Path}: {Reason}")]
    public static partial void Refused(ILogger logger, string method, string path, string reason);

    [LoggerMessage(1003, LogLevel.Error, "A request failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(1004, LogLevel.Error, "Redis has reached its maxmemory and takes no more jobs or modules")]
    public static partial void RedisFull(ILogger logger);
}
