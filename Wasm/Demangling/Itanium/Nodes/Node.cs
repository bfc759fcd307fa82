namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>
/// A part of a C++ name. Declarators are written around what they declare, as in <c>void (*p)(int)</c>: so a node is written
/// in two halves, and a pointer or a name stands between the halves of its type. Substitutions share nodes, so that the
/// parts make a graph, and only the writer's bounds bound the writing.
/// </summary>
internal abstract class Node
{
    /// <summary>The name that a constructor of this class has.</summary>
    public virtual string BaseName => "";

    /// <summary>Writes both halves.</summary>
    public void Write(NodeWriter writer)
    {
        WriteLeft(writer);
        WriteRight(writer);
    }

    /// <summary>Writes what stands before the declared name.</summary>
    public void WriteLeft(NodeWriter writer)
    {
        if (writer.Enter())
        {
            Left(writer);
            writer.Leave();
        }
    }

    /// <summary>Writes what stands after it.</summary>
    public void WriteRight(NodeWriter writer)
    {
        if (writer.Enter())
        {
            Right(writer);
            writer.Leave();
        }
    }

    /// <summary>Which kind of type this is, as far as a declarator needs to know.</summary>
    public DeclaratorShape GetShape(NodeWriter writer)
    {
        var shape = DeclaratorShape.Plain;
        if (writer.Enter())
        {
            shape = Shape(writer);
            writer.Leave();
        }

        return shape;
    }

    /// <summary>The node that this one stands for now: itself, but for references to template arguments.</summary>
    public virtual Node? Resolve(NodeWriter writer) => this;

    /// <summary>The first half.</summary>
    protected abstract void Left(NodeWriter writer);

    /// <summary>The second half; most have none.</summary>
    protected virtual void Right(NodeWriter writer)
    {
    }

    /// <summary>See <see cref="GetShape"/>.</summary>
    protected virtual DeclaratorShape Shape(NodeWriter writer) => DeclaratorShape.Plain;
}
