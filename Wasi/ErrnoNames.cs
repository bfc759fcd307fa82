namespace WasmAspire.Wasi;

/// <summary>What the error numbers are called in the witx of WASI preview 1.</summary>
internal static class ErrnoNames
{
    /// <summary>The name; constant, so that telling it allocates nothing.</summary>
    public static string Name(this Errno errno) => errno switch
    {
        Errno.Success => "success",
        Errno.BadDescriptor => "badf",
        Errno.Busy => "busy",
        Errno.Exists => "exist",
        Errno.Fault => "fault",
        Errno.FileTooLarge => "fbig",
        Errno.IllegalSequence => "ilseq",
        Errno.Invalid => "inval",
        Errno.IsDirectory => "isdir",
        Errno.Loop => "loop",
        Errno.TooManyOpenFiles => "mfile",
        Errno.NameTooLong => "nametoolong",
        Errno.NoEntry => "noent",
        Errno.NoSpace => "nospc",
        Errno.NotDirectory => "notdir",
        Errno.NotEmpty => "notempty",
        Errno.NotSocket => "notsock",
        Errno.NotSupported => "notsup",
        Errno.NotPermitted => "perm",
        Errno.IllegalSeek => "spipe",
        _ => throw new ArgumentOutOfRangeException(nameof(errno), errno, "It has no name here."),
    };
}
