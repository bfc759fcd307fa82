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
}
