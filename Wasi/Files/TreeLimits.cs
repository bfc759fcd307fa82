namespace WasmAspire.Wasi.Files;

/// <summary>How much a tree may hold before the guest has <c>nospc</c>.</summary>
public sealed record TreeLimits
{
    /// <summary>
    /// Bytes of files and of symbolic links' targets, counted by length (a hole counts as if it were written) and once for
    /// each name. What the host has added counts from its first change on. By default 64 MiB.
    /// </summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>Files, folders and links by name, those of the host included. By default 16,384.</summary>
    public int MaxEntries { get; init; } = 16_384;
}
