namespace WasmAspire.ComputeNode.Execution;

/// <summary>A job needs more memory than it may have, before it begins.</summary>
internal sealed class MemoryLimitException(string message) : Exception(message);
