namespace WasmAspire.Wasi;

/// <summary>Error numbers of WASI preview 1 (witx <c>errno</c>), as far as they are used.</summary>
internal enum Errno
{
    Success = 0,

    /// <summary>No such descriptor, or not open for this.</summary>
    BadDescriptor = 8,

    /// <summary>A path that leads to a directory as <c>.</c> or <c>..</c> cannot be renamed.</summary>
    Busy = 10,

    /// <summary>What is to be made is there already.</summary>
    Exists = 20,

    /// <summary>A pointer outside memory.</summary>
    Fault = 21,

    /// <summary>Longer than any file can be.</summary>
    FileTooLarge = 22,

    /// <summary>A path that is not UTF-8.</summary>
    IllegalSequence = 25,

    /// <summary>A value that makes no sense.</summary>
    Invalid = 28,

    /// <summary>A directory where a file is wanted.</summary>
    IsDirectory = 31,

    /// <summary>Too many symbolic links on the way, or one where none is to be followed.</summary>
    Loop = 32,

    /// <summary>All descriptors are in use.</summary>
    TooManyOpenFiles = 33,

    /// <summary>A path or name that is too long, or a buffer that is shorter than the name.</summary>
    NameTooLong = 37,

    /// <summary>No such file.</summary>
    NoEntry = 44,

    /// <summary>The tree holds as many bytes or entries as it may.</summary>
    NoSpace = 51,

    /// <summary>A file where a directory is wanted.</summary>
    NotDirectory = 54,

    /// <summary>A directory with something in it.</summary>
    NotEmpty = 55,

    /// <summary>A descriptor that is no socket.</summary>
    NotSocket = 57,

    /// <summary>Never possible here.</summary>
    NotSupported = 58,

    /// <summary>Not allowed: the place is read-only, or the path leads out of the tree.</summary>
    NotPermitted = 63,

    /// <summary>A stream has no position.</summary>
    IllegalSeek = 70,
}
