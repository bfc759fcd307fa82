namespace WasmAspire.Instrument;

/// <summary>What became of a function.</summary>
/// <param name="Index">Its index in the instrumented module, imports first.</param>
/// <param name="Name">Its name: demangled from the name section, else its export, else <c>func[12]</c> by its index before.</param>
/// <param name="Instructions">How many instructions it had, without <c>end</c> and <c>else</c>.</param>
/// <param name="CallsOrLoops">Whether there is a call or a loop among them.</param>
/// <param name="LeftOut">Why it was left out; null if it was instrumented.</param>
public readonly record struct FunctionReport(int Index, string Name, int Instructions, bool CallsOrLoops, LeftOut? LeftOut);
