namespace WasmAspire.Tests.Guests;

/// <summary>What a guest did.</summary>
/// <param name="Transcript">
/// A line for each Observe call and each line of output, in their order, and at the end how the run ended.
/// </param>
/// <param name="Backtrace">The functions on the stack of a trap, innermost first.</param>
internal sealed record GuestRun(string Transcript, IReadOnlyList<string> Backtrace);
