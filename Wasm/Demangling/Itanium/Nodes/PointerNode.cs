namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A pointer or a reference. A reference to a reference collapses, as the language has it.</summary>
internal sealed class PointerNode(Node pointee, string sign) : Node
{
    protected override DeclaratorShape Shape(NodeWriter writer) => Collapse(writer).Pointee.GetShape(writer);

    protected override void Left(NodeWriter writer)
    {
        var (target, mark) = Collapse(writer);
        target.WriteLeft(writer);
        writer.Write(target.GetShape(writer) switch
        {
            DeclaratorShape.Array => " (",
            DeclaratorShape.Function => "(",
            _ => "",
        });
        writer.Write(mark);
    }

    protected override void Right(NodeWriter writer)
    {
        var target = Collapse(writer).Pointee;
        writer.Write(target.GetShape(writer) == DeclaratorShape.Plain ? "" : ")");
        target.WriteRight(writer);
    }

    private (Node Pointee, string Sign) Collapse(NodeWriter writer)
    {
        var (target, mark) = (pointee, sign);
        while (mark != "*" && !writer.Full && target.Resolve(writer) is { } resolved)
        {
            if (resolved is PointerNode { IsReference: true } inner && writer.Enter())
            {
                writer.Leave();
                (target, mark) = (inner.Target, inner.Sign == "&" ? "&" : mark);
            }
            else if (resolved == target || !writer.Enter())
            {
                break;
            }
            else
            {
                writer.Leave();
                target = resolved;
            }
        }

        return (target, mark);
    }

    private bool IsReference => sign != "*";

    private Node Target => pointee;

    private string Sign => sign;
}
