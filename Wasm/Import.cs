namespace WasmAspire.Wasm;

/// <summary>One thing that a module needs from its host.</summary>
/// <param name="Module">The first part of its name.</param>
/// <param name="Name">The second part of its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Function">A function's type; null for all other kinds.</param>
public sealed record Import(string Module, string Name, ExternalKind Kind, FunctionType? Function);
