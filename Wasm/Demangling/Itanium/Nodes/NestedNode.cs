namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary><c>scope::name</c>.</summary>
internal sealed class NestedNode(Node scope, Node name) : Node
{
    public override string BaseName => name.BaseName;

    protected override void Left(NodeWriter writer)
    {
        scope.Write(writer);
        writer.Write("::");
        name.Write(writer);
    }
}
