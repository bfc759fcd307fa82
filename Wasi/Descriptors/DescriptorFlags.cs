namespace WasmAspire.Wasi.Descriptors;

/// <summary>How something is open (witx <c>fdflags</c>).</summary>
[Flags]
internal enum DescriptorFlags : ushort
{
    /// <summary>In no special way.</summary>
    None = 0,

    /// <summary>Writes go to the end.</summary>
    Append = 1 << 0,

    /// <summary>Reads and writes do not wait.</summary>
    NonBlocking = 1 << 2,

    /// <summary>What can be changed while it is open.</summary>
    Changeable = Append | NonBlocking,
}
