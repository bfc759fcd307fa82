namespace WasmAspire.Jobs;

/// <summary>A job that a node holds.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Token">The fencing token: only its holder may finish or release the job.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Spec">What to run.</param>
/// <param name="TraceContext">The trace it belongs to, as its submitter injected it.</param>
/// <param name="Queued">How long it waited in the queue, by Redis's clock; never negative.</param>
/// <param name="ClaimedTimestamp">When the claim was answered: a <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
public sealed record ClaimedJob(
    string Id,
    string Token,
    int Attempt,
    JobSpec Spec,
    IReadOnlyDictionary<string, string> TraceContext,
    TimeSpan Queued,
    long ClaimedTimestamp);
