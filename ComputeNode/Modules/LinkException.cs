namespace WasmAspire.ComputeNode.Modules;

/// <summary>The modules of a job cannot be linked to each other.</summary>
internal sealed class LinkException(string message) : Exception(message);
