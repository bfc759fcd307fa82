using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>An open directory.</summary>
/// <param name="directory">The directory.</param>
/// <param name="preopenedAt">The path it is preopened at; null for one that the guest has opened.</param>
internal sealed class DirectoryDescriptor(VirtualDirectory directory, string? preopenedAt) : Descriptor
{
    public VirtualDirectory Directory => directory;

    public string? PreopenedAt => preopenedAt;

    public override VirtualNode Node => directory;

    public override Rights Rights => preopenedAt is null ? Rights.Directory : Rights.Preopened;

    public override Rights InheritingRights => preopenedAt is null ? Rights.Directory : Rights.UnderPreopened;
}
