namespace WasmAspire.Wasi.Files;

/// <summary>What a descriptor is open on (witx <c>filetype</c>).</summary>
internal enum FileType : byte
{
    /// <summary>A stream that is no terminal.</summary>
    Unknown = 0,

    /// <summary>A directory.</summary>
    Directory = 3,

    /// <summary>A file.</summary>
    RegularFile = 4,

    /// <summary>A symbolic link.</summary>
    SymbolicLink = 7,
}
