namespace WasmAspire.ComputeNode.Modules;

/// <summary>A module that is not valid WebAssembly 2.0.</summary>
internal sealed class InvalidModuleException(string message, Exception? inner = null) : Exception(message, inner);
