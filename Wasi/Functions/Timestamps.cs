using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi.Functions;

/// <summary>Which times of a file to set (witx <c>fstflags</c>).</summary>
internal static class Timestamps
{
    private const int Access = 1;
    private const int AccessNow = 2;
    private const int Modification = 4;
    private const int ModificationNow = 8;

    /// <summary>Whether one time is to be both what is given and what the clock says.</summary>
    public static bool AreContradictory(int flags) =>
        (flags & (Access | AccessNow)) == (Access | AccessNow)
        || (flags & (Modification | ModificationNow)) == (Modification | ModificationNow);

    /// <summary>Sets the times that the flags name.</summary>
    public static Errno Set(VirtualNode node, ulong access, ulong modification, int flags)
    {
        if (!node.IsWritable)
        {
            return Errno.NotPermitted;
        }

        var now = WasiContext.Realtime;
        node.AccessTime = Choose(flags, Access, AccessNow, access, now, node.AccessTime);
        node.ModificationTime = Choose(flags, Modification, ModificationNow, modification, now, node.ModificationTime);
        node.ChangeTime = now;
        return Errno.Success;
    }

    private static ulong Choose(int flags, int given, int clock, ulong value, ulong now, ulong unchanged)
    {
        if ((flags & given) != 0)
        {
            return value;
        }

        return (flags & clock) != 0 ? now : unchanged;
    }
}
