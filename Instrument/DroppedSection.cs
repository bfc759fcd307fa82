namespace WasmAspire.Instrument;

/// <summary>A custom section that is not in the instrumented module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">The length of its content.</param>
/// <param name="Why">Why it could not stay.</param>
public sealed record DroppedSection(string Name, int Bytes, string Why);
