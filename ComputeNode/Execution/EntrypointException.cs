namespace WasmAspire.ComputeNode.Execution;

/// <summary>The entry point does not exist, or cannot be called with the arguments given.</summary>
internal sealed class EntrypointException(string message) : Exception(message);
