using System.Diagnostics;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>An ended span in its place.</summary>
/// <param name="Activity">The span.</param>
/// <param name="Session">Whose place it has.</param>
/// <param name="Reserved">Whether the place is of the reserve.</param>
internal readonly record struct QueuedSpan(Activity Activity, SessionPlaces Session, bool Reserved);
