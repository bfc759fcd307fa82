using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>A guest was ended from outside. Thrown on its own thread, it unwinds the guest.</summary>
/// <param name="reason">The limit that ended it, or that it was cancelled; null where the job is to run elsewhere.</param>
/// <param name="message">The limit with its figure, and the setting to raise.</param>
internal sealed class GuestStoppedException(JobReason? reason, string message) : Exception(message)
{
    public JobReason? Reason { get; } = reason;
}
