namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>One of the standard library's names that have a substitution of their own: short in a type, in full before a constructor.</summary>
internal sealed class StandardNode(string name, string baseName, string arguments) : Node
{
    public override string BaseName => baseName;

    /// <summary>The class behind the name.</summary>
    public Node Expanded { get; } = new TextNode(arguments.Length == 0 ? name : $"std::{baseName}{arguments}");

    protected override void Left(NodeWriter writer) => writer.Write(name);
}
