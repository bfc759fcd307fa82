namespace WasmAspire.Wasi.Descriptors;

/// <summary>
/// What a descriptor is good for (witx <c>rights</c>). They are told and never asked for: each function looks itself at
/// what is open. Told is what Wasmtime tells, which is more than a read-only folder allows, for a reason: wasi-libc asks
/// only for rights that the directory passes on, so without the one to write, opening a file for writing would quietly
/// open it for reading.
/// </summary>
[Flags]
internal enum Rights : ulong
{
    None = 0,
    Read = 1 << 1,
    Seek = 1 << 2,
    Write = 1 << 6,
    ReadDirectory = 1 << 14,
    SetPathSize = 1 << 19,
    SetSize = 1 << 22,
    ShutSocketDown = 1 << 28,
    AcceptOnSocket = 1 << 29,

    /// <summary>All 30 of them.</summary>
    All = (1 << 30) - 1,

    /// <summary>Of a directory that the guest opened.</summary>
    Directory = All & ~(Write | Seek | SetPathSize | SetSize),

    /// <summary>Of the preopened directory: from <c>path_create_directory</c> (9) to <c>path_unlink_file</c> (26), but sizes.</summary>
    Preopened = ((1 << 27) - (1 << 9)) & ~(SetPathSize | SetSize),

    /// <summary>Of what is opened under the preopened directory, at most.</summary>
    UnderPreopened = All & ~(SetPathSize | ShutSocketDown | AcceptOnSocket),
}
