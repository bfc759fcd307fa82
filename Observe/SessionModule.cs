namespace WasmAspire.Observe;

/// <summary>A module of a run.</summary>
/// <param name="Module">What is known of it; shared by all runs.</param>
/// <param name="Name">What people call it in this run: <c>wasm.module</c> of its spans and logs.</param>
public readonly record struct SessionModule(ObservedModule Module, string Name);
