namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A type and what follows its name: <c>int const</c>, <c>float complex</c>.</summary>
internal sealed class QualifiedNode(Node type, string qualifiers) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) => type.GetShape(writer);

    protected override void Left(NodeWriter writer)
    {
        type.WriteLeft(writer);
        writer.Write(qualifiers);
    }

    protected override void Right(NodeWriter writer) => type.WriteRight(writer);
}
