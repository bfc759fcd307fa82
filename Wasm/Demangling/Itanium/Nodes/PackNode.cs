namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A parameter pack where it is used: under an expansion it is one element after the other.</summary>
internal sealed class PackNode(IReadOnlyList<Node> elements) : Node
{
    public override Node? Resolve(NodeWriter writer)
    {
        if (!writer.IsExpanding)
        {
            return this;
        }

        writer.PackSize ??= elements.Count;
        return writer.PackIndex < elements.Count ? elements[writer.PackIndex] : null;
    }

    protected override DeclaratorShape Shape(NodeWriter writer) =>
        Current(writer)?.GetShape(writer) ?? DeclaratorShape.Plain;

    protected override void Left(NodeWriter writer)
    {
        if (writer.IsExpanding)
        {
            Current(writer)?.WriteLeft(writer);
        }
        else
        {
            writer.WriteList(elements);
        }
    }

    protected override void Right(NodeWriter writer) => Current(writer)?.WriteRight(writer);

    private Node? Current(NodeWriter writer) => writer.IsExpanding ? Resolve(writer) : null;
}
