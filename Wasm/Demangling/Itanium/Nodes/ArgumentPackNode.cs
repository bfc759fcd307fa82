namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>The arguments that a template's parameter pack was given, where they are listed.</summary>
internal sealed class ArgumentPackNode(IReadOnlyList<Node> elements) : Node
{
    /// <summary>The arguments.</summary>
    public IReadOnlyList<Node> Elements { get; } = elements;

    protected override void Left(NodeWriter writer) => writer.WriteList(Elements);
}
