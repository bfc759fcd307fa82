namespace WasmAspire.Wasm;

/// <summary>One thing that a module offers to its host.</summary>
/// <param name="Name">Its name, unique among the module's exports.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Its index in the index space of its kind, imports first.</param>
/// <param name="Function">A function's type; null for all other kinds.</param>
public sealed record Export(string Name, ExternalKind Kind, int Index, FunctionType? Function);
