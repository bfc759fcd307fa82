namespace WasmAspire.Tests.Wasi;

/// <summary>The names of WASI's error numbers, as its witx has them.</summary>
internal static class WitxErrno
{
    private static readonly string[] Names =
    [
        "success", "2big", "acces", "addrinuse", "addrnotavail", "afnosupport", "again", "already", "badf", "badmsg",
        "busy", "canceled", "child", "connaborted", "connrefused", "connreset", "deadlk", "destaddrreq", "dom", "dquot",
        "exist", "fault", "fbig", "hostunreach", "idrm", "ilseq", "inprogress", "intr", "inval", "io",
        "isconn", "isdir", "loop", "mfile", "mlink", "msgsize", "multihop", "nametoolong", "netdown", "netreset",
        "netunreach", "nfile", "nobufs", "nodev", "noent", "noexec", "nolck", "nolink", "nomem", "nomsg",
        "noprotoopt", "nospc", "nosys", "notconn", "notdir", "notempty", "notrecoverable", "notsock", "notsup", "notty",
        "nxio", "overflow", "ownerdead", "perm", "pipe", "proto", "protonosupport", "prototype", "range", "rofs",
        "spipe", "srch", "stale", "timedout", "txtbsy", "xdev", "notcapable",
    ];

    /// <summary>The name of a number.</summary>
    public static string Name(int errno) => Names[errno];
}
