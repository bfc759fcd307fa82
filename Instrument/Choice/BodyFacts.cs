namespace WasmAspire.Instrument.Choice;

/// <summary>What a function's body is like.</summary>
/// <param name="Instructions">How many instructions it has, without <c>end</c> and <c>else</c>.</param>
/// <param name="Locals">Parameters and locals.</param>
/// <param name="Calls">Whether there is a call among them, direct or not.</param>
/// <param name="Loops">Whether there is a loop among them.</param>
/// <param name="MemoryGrows">How many of them are <c>memory.grow</c>.</param>
/// <param name="Callees">The functions it calls, in the old index space, where that is all it may be for; else null.</param>
internal readonly record struct BodyFacts(int Instructions, int Locals, bool Calls, bool Loops, int MemoryGrows, uint[]? Callees);
