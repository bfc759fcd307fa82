namespace WasmAspire.Instrument;

/// <summary>What became of a module.</summary>
/// <param name="Wasm">The instrumented module; the given bytes where there was nothing to do.</param>
/// <param name="Report">What was done.</param>
public sealed record InstrumentedModule(ReadOnlyMemory<byte> Wasm, InstrumentReport Report);
