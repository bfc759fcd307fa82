using System.Text;

namespace WasmAspire.Wasi.Files;

/// <summary>A symbolic link. Where it leads is looked at when it is followed.</summary>
internal sealed class SymbolicLink(TreeUsage tree, string target) : VirtualNode(tree)
{
    private readonly int length = Encoding.UTF8.GetByteCount(target);

    /// <summary>A relative path.</summary>
    public string Target => target;

    public override FileType Type => FileType.SymbolicLink;

    public override ulong Size => (ulong)length;

    private protected override bool TryCountLink() => Tree.TryAddBytes(length);

    private protected override void UncountLink() => Tree.RemoveBytes(length);
}
