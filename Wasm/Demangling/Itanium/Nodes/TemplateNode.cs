namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary><c>name&lt;arguments&gt;</c>.</summary>
internal sealed class TemplateNode(Node name, IReadOnlyList<Node> arguments) : Node
{
    private readonly string baseName = name.BaseName;

    public override string BaseName => baseName;

    protected override void Left(NodeWriter writer)
    {
        name.Write(writer);
        // operator< and its arguments would look like a shift.
        writer.Write(writer.Last == '<' ? " <" : "<");
        writer.WriteList(arguments);
        writer.Write('>');
    }
}
