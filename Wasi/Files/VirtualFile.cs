using System.Buffers;

namespace WasmAspire.Wasi.Files;

/// <summary>
/// A file. What it counts in its tree is its length for each name, and for having been opened when it has none left; the
/// bytes that the host has given are free once, until they are copied.
/// </summary>
internal sealed class VirtualFile : VirtualNode
{
    private readonly FileContent content;
    private int opened;

    /// <summary>An empty file.</summary>
    public VirtualFile(TreeUsage tree)
        : base(tree)
    {
        content = new FileContent();
        IsChanged = true;
    }

    /// <param name="tree">What its tree holds.</param>
    /// <param name="given">What is in it.</param>
    public VirtualFile(TreeUsage tree, ReadOnlyMemory<byte> given)
        : base(tree) => content = new FileContent(given);

    /// <summary>Whether the guest has made it, or changed what is in it.</summary>
    public bool IsChanged { get; private set; }

    public override FileType Type => FileType.RegularFile;

    public override ulong Size => (ulong)content.Length;

    /// <summary>What is in it now.</summary>
    public ReadOnlySequence<byte> Content => content.ToSequence();

    private int Copies => Math.Max(Links, 1);

    private long OwnedLength => content.IsOwned ? content.Length : 0;

    private int CountedCopies => content.IsOwned ? Copies : Copies - 1;

    /// <summary>Notes that it has been opened: it stays until it is closed again. A file that nobody writes to needs no note, and its tree may be shared.</summary>
    public void Open()
    {
        if (IsWritable)
        {
            opened++;
        }
    }

    /// <summary>Notes that it has been closed, as often as it was opened.</summary>
    public void Close()
    {
        if (IsWritable && --opened == 0 && Links == 0)
        {
            Drop();
        }
    }

    /// <summary>Reads from a place on, as much as fits.</summary>
    public int Read(ulong offset, Span<byte> buffer) => offset < Size ? content.Read((long)offset, buffer) : 0;

    /// <summary>Writes at a place as much as the tree has room for.</summary>
    public Errno Write(ulong offset, ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        if (offset > long.MaxValue || (long)offset > long.MaxValue - bytes.Length)
        {
            return Errno.Invalid;
        }

        if (bytes.Length == 0)
        {
            return Errno.Success;
        }

        var end = (long)offset + bytes.Length;
        if (end > FileContent.MaxLength)
        {
            return Errno.FileTooLarge;
        }

        if (!TryOwn())
        {
            return Errno.NoSpace;
        }

        var room = content.Length + (Tree.FreeBytes / Copies);
        if (end > content.Length && end > room)
        {
            if (room <= (long)offset)
            {
                return Errno.NoSpace;
            }

            end = room;
        }

        CountGrowth(end);
        written = (int)(end - (long)offset);
        content.Write((long)offset, bytes[..written]);
        Change();
        return Errno.Success;
    }

    /// <summary>Cuts the end off, or lets zeros follow.</summary>
    public Errno SetSize(ulong size)
    {
        if (size > long.MaxValue)
        {
            return Errno.Invalid;
        }

        var length = (long)size;
        if (length > FileContent.MaxLength)
        {
            return Errno.FileTooLarge;
        }

        if (length > content.Length)
        {
            if (!TryOwn() || length - content.Length > Tree.FreeBytes / Copies)
            {
                return Errno.NoSpace;
            }

            CountGrowth(length);
        }
        else
        {
            Tree.RemoveBytes((content.Length - length) * CountedCopies);
        }

        content.SetLength(length);
        Change();
        return Errno.Success;
    }

    private protected override bool TryCountLink() => Links == 0 ? Tree.TryAddBytes(OwnedLength) : Tree.TryAddBytes(content.Length);

    private protected override void UncountLink()
    {
        if (Links > 0)
        {
            Tree.RemoveBytes(content.Length);
        }
        else if (opened == 0)
        {
            Drop();
        }
    }

    private bool TryOwn()
    {
        if (content.IsOwned)
        {
            return true;
        }

        if (!Tree.TryAddBytes(content.Length))
        {
            return false;
        }

        content.Own();
        return true;
    }

    private void CountGrowth(long end)
    {
        if (end > content.Length)
        {
            // Looked at before: it fits.
            Tree.TryAddBytes((end - content.Length) * Copies);
        }
    }

    private void Change()
    {
        IsChanged = true;
        Touch();
    }

    private void Drop()
    {
        Tree.RemoveBytes(OwnedLength);
        content.SetLength(0);
    }
}
