namespace WasmAspire.ComputeNode.Modules;

/// <summary>A module that is not valid WebAssembly 2.0.</summary>
internal sealed class InvalidModuleException(string message, Exception? inner = null) : Exception(Cut(message), inner)
{
    private const int MaxMessageLength = 1024;

    // It may repeat a name of the module's.
    private static string Cut(string message) => message.Length <= MaxMessageLength ? message : message[..MaxMessageLength] + "…";
}
