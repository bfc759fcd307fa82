namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>An array: <c>int [3]</c>; <c>int []</c> without a bound.</summary>
internal sealed class ArrayNode(Node element, Node? bound) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) => DeclaratorShape.Array;

    protected override void Left(NodeWriter writer) => element.WriteLeft(writer);

    protected override void Right(NodeWriter writer)
    {
        writer.Write(writer.Last == ']' ? "[" : " [");
        bound?.Write(writer);
        writer.Write(']');
        element.WriteRight(writer);
    }
}
