namespace WasmAspire.Requester.Contracts;

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">Jobs, newest first.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null on the last.</param>
public sealed record JobPage(IReadOnlyList<JobView> Jobs, string? Next);
