namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A template argument named before it was read, in the type that a conversion operator converts to.</summary>
internal sealed class ForwardNode(int index) : Node
{
    /// <summary>Which argument.</summary>
    public int Index { get; } = index;

    /// <summary>The argument, once it is known. Hostile symbols can make it contain this node.</summary>
    public Node? Target { get; set; }

    public override Node? Resolve(NodeWriter writer) => Target;

    protected override DeclaratorShape Shape(NodeWriter writer) => Target?.GetShape(writer) ?? DeclaratorShape.Plain;

    protected override void Left(NodeWriter writer) => Target?.WriteLeft(writer);

    protected override void Right(NodeWriter writer) => Target?.WriteRight(writer);
}
