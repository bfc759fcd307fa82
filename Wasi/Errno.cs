namespace WasmAspire.Wasi;

/// <summary>Error numbers of WASI preview 1 (witx <c>errno</c>), as far as they are used.</summary>
internal enum Errno
{
    Success = 0,

    /// <summary>No such descriptor, or not open for this.</summary>
    BadDescriptor = 8,

    /// <summary>A pointer outside memory.</summary>
    Fault = 21,

    /// <summary>A path that is not UTF-8.</summary>
    IllegalSequence = 25,

    /// <summary>A value that makes no sense.</summary>
    Invalid = 28,

    /// <summary>All descriptors are in use.</summary>
    TooManyOpenFiles = 33,

    /// <summary>A path or name that is too long, or a buffer that is shorter than the name.</summary>
    NameTooLong = 37,

    /// <summary>No such file.</summary>
    NoEntry = 44,

    /// <summary>A file where a directory is wanted.</summary>
    NotDirectory = 54,

    /// <summary>A descriptor that is no socket.</summary>
    NotSocket = 57,

    /// <summary>Never possible here.</summary>
    NotSupported = 58,

    /// <summary>Not allowed: the tree is read-only, or the path leads out of it.</summary>
    NotPermitted = 63,

    /// <summary>A stream has no position.</summary>
    IllegalSeek = 70,
}
