namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>An operator of C++.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Kind">What stands with it in an expression.</param>
/// <param name="IsName">Whether functions can be named after it.</param>
internal sealed record Operator(string Text, OperatorKind Kind, bool IsName = true);
