using WasmAspire.Jobs;

namespace WasmAspire.Requester.Contracts;

/// <summary>A job changed its state.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Its new state.</param>
public sealed record JobEvent(string Id, JobState State);
