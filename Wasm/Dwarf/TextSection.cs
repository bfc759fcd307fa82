namespace WasmAspire.Wasm.Dwarf;

/// <summary>The section that a text stands in.</summary>
internal enum TextSection : byte
{
    None,
    Line,
    LineStr,
    Str,
}
