namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A pattern written for each element of the packs in it; with no pack in it, as in a generic lambda, <c>pattern...</c>.</summary>
internal sealed class ExpansionNode(Node pattern) : Node
{
    protected override void Left(NodeWriter writer)
    {
        var (index, size, isExpanding) = (writer.PackIndex, writer.PackSize, writer.IsExpanding);
        (writer.PackIndex, writer.PackSize, writer.IsExpanding) = (0, null, true);
        var start = writer.Length;
        pattern.Write(writer);
        if (writer.PackSize is not { } count)
        {
            writer.Write("...");
        }
        else if (count == 0)
        {
            writer.Truncate(start);
        }
        else
        {
            while (++writer.PackIndex < count && !writer.Full)
            {
                writer.Write(", ");
                pattern.Write(writer);
            }
        }

        (writer.PackIndex, writer.PackSize, writer.IsExpanding) = (index, size, isExpanding);
    }
}
