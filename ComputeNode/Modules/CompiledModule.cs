using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>A module ready to be instantiated, any number of times and on any thread.</summary>
/// <param name="Module">The compiled module.</param>
/// <param name="CompiledBytes">How long it is compiled.</param>
/// <param name="DeclaredPages">The pages of 64 KiB that its own memories begin with.</param>
/// <param name="IsGuarded">Whether it imports what <see cref="Instrument.MemoryGuard"/> counts with.</param>
/// <param name="Observed">What telemetry needs to know of it.</param>
/// <param name="Instrumented">How many functions the node has instrumented in it.</param>
/// <param name="Refusal">Why the node could not instrument it although it was to; else null.</param>
internal sealed record CompiledModule(Module Module, long CompiledBytes, long DeclaredPages, bool IsGuarded, ObservedModule Observed, int Instrumented, string? Refusal);
