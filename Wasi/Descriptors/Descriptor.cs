using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Descriptors;

/// <summary>Something open.</summary>
internal abstract class Descriptor
{
    /// <summary>The file or directory that it is open on; null of a stream.</summary>
    public virtual VirtualNode? Node => null;

    /// <summary>What it is open on.</summary>
    public FileType Type => Node?.Type ?? FileType.Unknown;

    /// <summary>How it is open.</summary>
    public virtual DescriptorFlags Flags => DescriptorFlags.None;

    /// <summary>What it is good for.</summary>
    public abstract Rights Rights { get; }

    /// <summary>What its children are good for.</summary>
    public virtual Rights InheritingRights => Rights;

    /// <summary>Lets go of what it is open on.</summary>
    public virtual void Close()
    {
    }
}
