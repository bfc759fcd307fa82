using System.Diagnostics;

namespace WasmAspire.Wasi;

/// <summary>One call of a WASI function, as it turned out.</summary>
public struct WasiCall
{
    /// <summary>The function's name, such as <c>fd_write</c>: always the same text, never the guest's.</summary>
    public string Name { get; internal set; }

    /// <summary>When it began: a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Start { get; internal set; }

    /// <summary>
    /// The error's name as the witx of preview 1 has it, such as <c>noent</c>; null where there was none, and where the
    /// function did not return.
    /// </summary>
    public readonly string? Error => Errno == Errno.Success ? null : Errno.Name();

    /// <summary>The descriptor that the function was called on, as the guest gave it; -1 where it takes none.</summary>
    public int Descriptor { get; internal set; }

    /// <summary>Bytes that a read or a write moved, also one that failed later; -1 where it came to none, and of all other functions.</summary>
    public long Bytes { get; internal set; }

    /// <summary>The first path that the function was given, up to 4,095 bytes in UTF-8; null where there was none, or none that can be read.</summary>
    public string? Path { get; internal set; }

    /// <summary>The exit code of <c>proc_exit</c>; null of all other functions.</summary>
    public uint? ExitCode { get; internal set; }

    internal Errno Errno { get; set; }

    /// <summary>A call that begins now.</summary>
    internal static WasiCall Begin(string name, int descriptor) =>
        new() { Name = name, Start = Stopwatch.GetTimestamp(), Descriptor = descriptor, Bytes = -1 };
}
