namespace WasmAspire.Wasi.Files;

/// <summary>What a tree holds, against what it may hold.</summary>
internal sealed class TreeUsage(TreeLimits limits)
{
    private ulong lastInode;

    /// <summary>Bytes that count.</summary>
    public long Bytes { get; private set; }

    /// <summary>Names in all directories.</summary>
    public int Entries { get; private set; }

    /// <summary>Bytes that still fit.</summary>
    public long FreeBytes => limits.MaxBytes - Bytes;

    /// <summary>Whether one more name fits.</summary>
    public bool HasRoomForEntry => Entries < limits.MaxEntries;

    public ulong NextInode() => ++lastInode;

    /// <summary>Counts bytes, or none where they do not fit.</summary>
    public bool TryAddBytes(long count)
    {
        if (count > FreeBytes)
        {
            return false;
        }

        Bytes += count;
        return true;
    }

    public void RemoveBytes(long count) => Bytes -= count;

    public void AddEntry() => Entries++;

    public void RemoveEntry() => Entries--;
}
