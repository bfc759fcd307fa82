namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>
/// A function: its type where <paramref name="name"/> is null, else a declaration. The result is not known for most
/// functions: only templates encode it.
/// </summary>
internal sealed class FunctionNode(Node? name, Node? result, IReadOnlyList<Node> parameters, string qualifiers, Node? exceptions = null) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) => DeclaratorShape.Function;

    protected override void Left(NodeWriter writer)
    {
        if (result is not null)
        {
            result.WriteLeft(writer);
            // A result that is a pointer to a function has its parenthesis open.
            writer.Write(result.GetShape(writer) == DeclaratorShape.Plain || name is null ? " " : "");
        }

        name?.Write(writer);
    }

    protected override void Right(NodeWriter writer)
    {
        writer.Write('(');
        writer.WriteList(parameters);
        writer.Write(')');
        result?.WriteRight(writer);
        writer.Write(qualifiers);
        exceptions?.Write(writer);
    }
}
