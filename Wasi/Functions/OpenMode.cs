using WasmAspire.Wasi.Descriptors;

namespace WasmAspire.Wasi.Functions;

/// <summary>How <c>path_open</c> is to open something.</summary>
/// <param name="how">What to do with what is found.</param>
/// <param name="rights">What for.</param>
/// <param name="flags">How it is open then.</param>
internal readonly struct OpenMode(OpenFlags how, Rights rights, DescriptorFlags flags)
{
    private const OpenFlags NotOfDirectories = OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Truncate;

    public bool Creates => how.HasFlag(OpenFlags.Create);

    /// <summary>Whether nothing may be there; only of what is to be made it means something.</summary>
    public bool IsExclusive => Creates && how.HasFlag(OpenFlags.Exclusive);

    public bool Truncates => how.HasFlag(OpenFlags.Truncate);

    public bool WantsDirectory => how.HasFlag(OpenFlags.Directory);

    /// <summary>Whoever does not ask for writing has reading, as of Wasmtime.</summary>
    public bool CanRead => rights.HasFlag(Rights.Read) || !rights.HasFlag(Rights.Write);

    /// <summary>Whoever makes or empties a file may write to it, as of Wasmtime.</summary>
    public bool CanWrite => rights.HasFlag(Rights.Write) || Creates || Truncates;

    public DescriptorFlags Flags => flags;

    /// <summary>Whether all that goes together.</summary>
    public Errno Check()
    {
        if (WantsDirectory && (how & NotOfDirectories) != 0)
        {
            return Errno.Invalid;
        }

        // Synchronous writes Wasmtime refuses as well.
        return (flags & ~DescriptorFlags.Changeable) == 0 ? Errno.Success : Errno.NotSupported;
    }
}
