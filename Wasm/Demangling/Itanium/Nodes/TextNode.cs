namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>An identifier, a built-in type, an operator's name.</summary>
internal sealed class TextNode(string text) : Node
{
    public override string BaseName => text;

    protected override void Left(NodeWriter writer) => writer.Write(text);
}
