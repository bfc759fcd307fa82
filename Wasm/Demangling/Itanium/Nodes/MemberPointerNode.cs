namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A pointer to a member: <c>int (C::*)(char)</c>.</summary>
internal sealed class MemberPointerNode(Node type, Node member) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) => member.GetShape(writer);

    protected override void Left(NodeWriter writer)
    {
        member.WriteLeft(writer);
        writer.Write(member.GetShape(writer) == DeclaratorShape.Plain ? " " : "(");
        type.Write(writer);
        writer.Write("::*");
    }

    protected override void Right(NodeWriter writer)
    {
        writer.Write(member.GetShape(writer) == DeclaratorShape.Plain ? "" : ")");
        member.WriteRight(writer);
    }
}
