namespace WasmAspire.Wasi.Descriptors;

/// <summary>The open descriptors by number; the lowest free number is given first, as POSIX does.</summary>
internal sealed class DescriptorTable
{
    /// <summary>No more descriptors at once than this, those that are open at the start included.</summary>
    public const int MaxOpen = 1024;

    private readonly List<Descriptor?> open;

    public DescriptorTable(params Descriptor[] open) => this.open = [.. open];

    /// <summary>Whether no more can be opened.</summary>
    public bool IsFull => open.Count == MaxOpen && !open.Contains(null);

    /// <summary>The descriptor of this number, or null.</summary>
    public Descriptor? this[int number] => (uint)number < (uint)open.Count ? open[number] : null;

    /// <summary>Gives a descriptor a number.</summary>
    public Errno Open(Descriptor descriptor, out int number)
    {
        number = open.IndexOf(null);
        if (number >= 0)
        {
            open[number] = descriptor;
        }
        else if (open.Count == MaxOpen)
        {
            return Errno.TooManyOpenFiles;
        }
        else
        {
            number = open.Count;
            open.Add(descriptor);
        }

        return Errno.Success;
    }

    /// <summary>Closes a number; it may be given again.</summary>
    public Errno Close(int number)
    {
        if (this[number] is not { } descriptor)
        {
            return Errno.BadDescriptor;
        }

        open[number] = null;
        descriptor.Close();
        return Errno.Success;
    }

    /// <summary>Moves a descriptor to another number, which must be open and is closed first.</summary>
    public Errno Renumber(int from, int to)
    {
        if (this[from] is not { } descriptor || this[to] is not { } replaced)
        {
            return Errno.BadDescriptor;
        }

        open[from] = null;
        open[to] = descriptor;
        if (from != to)
        {
            replaced.Close();
        }

        return Errno.Success;
    }
}
