namespace WasmAspire.Tests.Wasi.Cases;

/// <summary>
/// Why an answer may differ from that of Wasmtime's own WASI: all reasons, and no case differs without one. Beyond single
/// calls there are these:
/// <list type="bullet">
/// <item>The lowest free descriptor is given first, as POSIX does; Wasmtime gives the highest that has been closed.</item>
/// <item>A listing comes in the order in which entries were made, and an entry keeps its cookie; Wasmtime counts entries
/// in the order of the host's file system, anew at each call, so that who empties a folder while listing it (as Rust's
/// <c>remove_dir_all</c>) skips some.</item>
/// <item>A folder's size is 0 and it has one link; on the host both are the file system's affair.</item>
/// <item>A read leaves the access time as it is, as a file system mounted with <c>noatime</c> does.</item>
/// <item>A tree has limits of its own: bytes and entries (<c>nospc</c>), and paths from its root (<c>nametoolong</c>).</item>
/// </list>
/// </summary>
internal static class Differences
{
    public const string UnknownValue = "Wasmtime ends a guest for a value that the function does not know; here it is an errno.";
    public const string UnknownBits = "Wasmtime ends a guest for bits that the function does not know; here they do nothing.";
    public const string LengthFirst = "A path's length is looked at before anything else, so that none is ever copied that is longer than PATH_MAX.";
    public const string NoSuchPlace = "A place that no later seek can name is none (POSIX: EOVERFLOW, which lseek's users take for the same).";
    public const string NotTold = "A descriptor whose number the guest cannot be told is not opened.";
    public const string TrapsOnPointers = "Wasmtime ends a guest for a pointer outside of memory; here it is an errno, which a host function can give without an exception.";
    public const string BytesAvailable = "Wasmtime tells 1 of whatever is ready; here it is what the specification asks for, the bytes that can be read.";
    public const string TooManySubscriptions = "More than 4096 subscriptions would keep the host busy.";
    public const string ErrorInEvent = "An error of one subscription belongs in its event (witx), where wasi-libc's poll looks for it; Wasmtime fails the whole call.";
    public const string ClockTicks = "The clocks count ticks of 100 ns.";
    public const string UnknownClock = "Wasmtime ends a guest for a clock that it does not know.";
    public const string AnyExitCode = "Every code is a guest's own affair.";
    public const string NoSignal = "No signal can be raised, known or not.";
    public const string TooMuchRandom = "More than Wasmtime gives at once is an errno here.";
    public const string FirstBufferOnly = "Wasmtime serves the first buffer of a list that is not empty; here readv and writev serve all, as POSIX has it.";
    public const string TooManyBuffers = "A list has at most 1024 buffers (IOV_MAX): a list as long as memory would keep the host busy.";
    public const string ShortRead = "Wasmtime's stdin gives a read what it has at hand.";
    public const string BehindTheEnd = "Behind the end is behind the end; a host's file has no such place.";
    public const string NothingWritten = "A write of nothing does nothing: it neither looks at the place nor moves the position.";
    public const string NoTimes = "Where no time is to be set, Linux does not look for the file.";
}
