using System.Globalization;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>A module is more expensive to compile than this node allows; trying again does not help.</summary>
/// <param name="message">What it needs too much of, with the figure and the setting.</param>
internal sealed class CompileLimitException(string message) : Exception(message)
{
    /// <summary>It takes too long.</summary>
    public static CompileLimitException TooSlow(NodeOptions options) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Compiling the module took longer than {options.CompileSeconds} s; the operator of the node may raise Node:CompileSeconds."));
}
