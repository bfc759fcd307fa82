namespace WasmAspire.ComputeNode.Modules;

/// <summary>A module of a job.</summary>
/// <param name="Name">What the job's other modules import it by; of the entry module, what people call the job.</param>
/// <param name="Module">The module.</param>
internal sealed record NamedModule(string Name, CompiledModule Module);
