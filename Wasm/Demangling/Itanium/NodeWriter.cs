namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>Writes nodes. What stands under a pack expansion is written once for each element: the writer knows which one it is at.</summary>
internal sealed class NodeWriter : NameWriter
{
    /// <summary>Which element of the packs is written.</summary>
    public int PackIndex { get; set; }

    /// <summary>How many elements the packs under the expansion have; null while none was met.</summary>
    public int? PackSize { get; set; }

    /// <summary>Whether an expansion is being written.</summary>
    public bool IsExpanding { get; set; }

    /// <summary>Writes them with commas between; those that write nothing, as empty packs do, get no comma.</summary>
    public void WriteList(IReadOnlyList<Node> nodes)
    {
        var isFirst = true;
        for (var i = 0; i < nodes.Count && !Full; i++)
        {
            var start = Length;
            Write(isFirst ? "" : ", ");
            var afterComma = Length;
            nodes[i].Write(this);
            if (Length == afterComma)
            {
                Truncate(start);
            }
            else
            {
                isFirst = false;
            }
        }
    }
}
