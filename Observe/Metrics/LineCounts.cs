namespace WasmAspire.Observe.Metrics;

/// <summary>What became of the measurements of a line, which may hold several.</summary>
/// <param name="Recorded">Recorded.</param>
/// <param name="Malformed">Refused for what they say.</param>
/// <param name="Dropped">Refused by a limit on tags.</param>
internal readonly record struct LineCounts(int Recorded, int Malformed, int Dropped);
