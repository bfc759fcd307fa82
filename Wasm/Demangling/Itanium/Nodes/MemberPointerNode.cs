namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A pointer to a member: <c>int (C::*)(char)</c>.</summary>
internal sealed class MemberPointerNode(Node type, Node member) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) =>
        member.GetShape(writer) == DeclaratorShape.Plain ? DeclaratorShape.Plain : DeclaratorShape.Open;

    protected override void Left(NodeWriter writer)
    {
        member.WriteLeft(writer);
        writer.Write(member.GetShape(writer) is DeclaratorShape.Array or DeclaratorShape.Function ? "(" : " ");
        type.Write(writer);
        writer.Write("::*");
    }

    protected override void Right(NodeWriter writer)
    {
        writer.Write(member.GetShape(writer) is DeclaratorShape.Array or DeclaratorShape.Function ? ")" : "");
        member.WriteRight(writer);
    }
}
