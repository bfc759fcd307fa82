namespace WasmAspire.Wasm.Instructions;

/// <summary>Locals of one type that are declared together.</summary>
/// <param name="Count">How many; may be 0.</param>
/// <param name="Type">Their type.</param>
public readonly record struct LocalGroup(int Count, ValueType Type);
