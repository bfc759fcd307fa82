using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>A module ready to be instantiated, any number of times and on any thread.</summary>
/// <param name="Module">The compiled module.</param>
/// <param name="Observed">What telemetry needs to know of it.</param>
/// <param name="Bytes">Length of its .wasm.</param>
internal sealed record CompiledModule(Module Module, ObservedModule Observed, long Bytes);
