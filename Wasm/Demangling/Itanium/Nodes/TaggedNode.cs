namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>A name with ABI tags: <c>name[abi:cxx11]</c>.</summary>
internal sealed class TaggedNode(Node name, string tags) : Node
{
    private readonly string baseName = name.BaseName;

    public override string BaseName => baseName;

    protected override void Left(NodeWriter writer)
    {
        name.Write(writer);
        writer.Write(tags);
    }
}
