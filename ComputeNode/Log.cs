using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode;

/// <summary>What a node has to say; event ids 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Node {Node} takes jobs in {Slots} slots")]
    public static partial void Started(ILogger logger, string node, int slots);

    [LoggerMessage(2001, LogLevel.Information, "Job {JobId} completed after {Milliseconds:F1} ms")]
    public static partial void Completed(ILogger logger, string jobId, double milliseconds);

    [LoggerMessage(2008, LogLevel.Information, "Job {JobId} failed after {Milliseconds:F1} ms, {Reason}: {Explanation}")]
    public static partial void Failed(ILogger logger, string jobId, double milliseconds, JobReason? reason, string? explanation);

    [LoggerMessage(2002, LogLevel.Information, "Job {JobId} goes back to the queue: the node stops")]
    public static partial void Released(ILogger logger, string jobId);

    [LoggerMessage(2003, LogLevel.Warning, "Job {JobId} is held by somebody else by now; its result is dropped")]
    public static partial void NotHeld(ILogger logger, string jobId);

    [LoggerMessage(2004, LogLevel.Warning, "Redis cannot be reached ({Problem}); trying again")]
    public static partial void RedisLost(ILogger logger, string problem);

    [LoggerMessage(2005, LogLevel.Information, "Redis is back")]
    public static partial void RedisBack(ILogger logger);

    [LoggerMessage(2006, LogLevel.Error, "Job {JobId} failed inside the node")]
    public static partial void NodeFailed(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(2007, LogLevel.Error, "Slot {Slot} met an error and goes on")]
    public static partial void SlotFailed(ILogger logger, Exception exception, int slot);

    [LoggerMessage(2009, LogLevel.Warning, "Slot {Slot} stops while Redis cannot be reached ({Problem}); a job that it holds stays as it is")]
    public static partial void StoppedWithoutRedis(ILogger logger, int slot, string problem);

    [LoggerMessage(2010, LogLevel.Warning, "Job {JobId} runs without instrumentation: {Refusal}")]
    public static partial void NotInstrumented(ILogger logger, string jobId, string refusal);

    [LoggerMessage(2011, LogLevel.Warning, "The compiled module {Path} is damaged; it is deleted and compiled again")]
    public static partial void DamagedArtifact(ILogger logger, string path);

    [LoggerMessage(2012, LogLevel.Warning, "Compiled modules are not kept in {Folder} from now on: {Problem}")]
    public static partial void NoArtifactFolder(ILogger logger, string folder, string problem);

    [LoggerMessage(2013, LogLevel.Information, "Job {JobId} was cancelled after {Milliseconds:F1} ms")]
    public static partial void Cancelled(ILogger logger, string jobId, double milliseconds);

    [LoggerMessage(2014, LogLevel.Error, "What job {JobId} writes could not be stored; it is tried again")]
    public static partial void OutputNotStored(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(2020, LogLevel.Warning, "{Spans} guest spans could not be exported and are lost; jobs count what they lose, {Metric} the rest")]
    public static partial void GuestSpansLost(ILogger logger, Exception? exception, int spans, string metric);

    [LoggerMessage(2021, LogLevel.Information, "Guest spans arrive again")]
    public static partial void GuestSpansArrive(ILogger logger);

    [LoggerMessage(2022, LogLevel.Warning, "{Spans} guest spans are lost: there was no time left to export them")]
    public static partial void GuestSpansAbandoned(ILogger logger, int spans);
}
