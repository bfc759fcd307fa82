namespace WasmAspire.Wasm.Dwarf;

/// <summary>Where the parts of a rewritten code section stand. Addresses count from the start of the section's content, as DWARF's do.</summary>
public sealed class CodeMap
{
    private readonly List<(uint Old, uint New)> parts = [];
    private int latest;

    /// <summary>Adds a part: what stands there, up to the next part, has moved together. Parts are added in their old order.</summary>
    /// <param name="oldAddress">Where the part stood; not before the last one.</param>
    /// <param name="newAddress">Where it stands.</param>
    /// <exception cref="ArgumentOutOfRangeException">It stood before the last one.</exception>
    public void Add(int oldAddress, int newAddress)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newAddress);
        ArgumentOutOfRangeException.ThrowIfLessThan(oldAddress, parts.Count == 0 ? 0 : (int)parts[^1].Old);
        parts.Add(((uint)oldAddress, (uint)newAddress));
    }

    /// <summary>Where an address is now; before the first part, where it was.</summary>
    internal uint Map(uint address)
    {
        // Rows stand close to each other, so the part is often the same or the next.
        if (!Holds(latest, address) && !Holds(++latest, address))
        {
            latest = Find(address);
        }

        return latest < 0 ? address : parts[latest].New + (address - parts[latest].Old);
    }

    private bool Holds(int part, uint address) =>
        part >= 0 && part < parts.Count && parts[part].Old <= address && (part + 1 == parts.Count || address < parts[part + 1].Old);

    // The last part that begins at or before the address; -1 before the first.
    private int Find(uint address)
    {
        var (low, high) = (0, parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = parts[middle].Old <= address ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
