namespace WasmAspire.Wasm.Dwarf;

/// <summary>A row of the line table: it covers the code from its address to the next row's. 12 bytes.</summary>
/// <param name="Address">From the start of the code section's content.</param>
/// <param name="Line">From 1; 0 where the code has no line, and after the last row of a sequence.</param>
/// <param name="File">The path's number.</param>
/// <param name="Column">From 1, or 0.</param>
internal readonly record struct LineRow(uint Address, int Line, ushort File, ushort Column);
