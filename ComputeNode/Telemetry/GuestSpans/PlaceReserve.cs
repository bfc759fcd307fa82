namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>
/// The places that one slot's sessions have for themselves. A slot's and not a session's: spans outlive their session in the
/// queue, and with a reserve for each of them no number of short jobs would ever fill it.
/// </summary>
internal sealed class PlaceReserve
{
    /// <summary>How many: as many as a session can have open, all of which an error may close.</summary>
    public const int Places = 64;

    /// <summary>Places not taken. Read and written under the lock of the <see cref="PlacePool"/>.</summary>
    public int Free { get; set; } = Places;
}
