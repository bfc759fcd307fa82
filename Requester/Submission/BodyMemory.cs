namespace WasmAspire.Requester.Submission;

/// <summary>
/// How many bytes of bodies all requests together may hold. Each alone is bounded, but many at once would use up the
/// machine's memory and end the process.
/// </summary>
/// <param name="capacity">Bytes of all bodies together.</param>
internal sealed class BodyMemory(long capacity)
{
    private long taken;

    /// <summary>
    /// An eighth of the memory there is, and one body of any allowed size at least: while it is read, decoded and sent on
    /// to Redis, a body takes about four times its size.
    /// </summary>
    public static BodyMemory OfThisMachine() =>
        new(Math.Max(Sizes.Body, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8));

    /// <summary>Takes bytes, or takes none and gives false where too few are left.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= capacity)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref taken, -bytes);
}
