using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>An open directory.</summary>
/// <param name="directory">The directory.</param>
/// <param name="preopenedAt">The path it is preopened at; null for one that the guest has opened.</param>
internal sealed class DirectoryDescriptor(VirtualDirectory directory, string? preopenedAt) : Descriptor
{
    public VirtualDirectory Directory => directory;

    public string? PreopenedAt => preopenedAt;

    public override FileType Type => FileType.Directory;

    public override Rights Rights => Rights.Directory;

    public override Rights InheritingRights => Rights.Directory | Rights.File;

    public override ulong Inode => directory.Inode;
}
