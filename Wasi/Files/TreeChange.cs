using System.Buffers;

namespace WasmAspire.Wasi.Files;

/// <summary>Something that a guest has made, moved or written to.</summary>
public sealed record TreeChange
{
    /// <summary>Its absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required TreeChangeKind Kind { get; init; }

    /// <summary>What is in a file, as long as the guest does not change it; nothing of others.</summary>
    public ReadOnlySequence<byte> Content { get; init; }

    /// <summary>Where a symbolic link leads: a relative path, as the guest gave it, which may lead nowhere or out of the tree; null of others.</summary>
    public string? Target { get; init; }

    /// <summary>When its content last changed, by the clock or by what the guest has set: nanoseconds since 1970 in UTC.</summary>
    public ulong ModificationTime { get; init; }
}
