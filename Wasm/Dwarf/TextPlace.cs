namespace WasmAspire.Wasm.Dwarf;

/// <summary>Where a text stands: texts are looked at only when a row needs them.</summary>
internal readonly record struct TextPlace(TextSection Section, ulong Start);
