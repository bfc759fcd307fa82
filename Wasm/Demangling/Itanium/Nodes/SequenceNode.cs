namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>Text and nodes one after the other; a list of nodes gets commas.</summary>
/// <param name="parts">Each a string, a <see cref="Node"/> or a list of nodes.</param>
internal sealed class SequenceNode(params object[] parts) : Node
{
    protected override void Left(NodeWriter writer)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case string text:
                    writer.Write(text);
                    break;
                case Node node:
                    node.Write(writer);
                    break;
                case IReadOnlyList<Node> list:
                    writer.WriteList(list);
                    break;
            }
        }
    }
}
