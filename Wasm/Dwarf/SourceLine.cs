namespace WasmAspire.Wasm.Dwarf;

/// <summary>A place in the source that a module was compiled from.</summary>
/// <param name="File">
/// The file's path as the compiler wrote it, joined with its directory; it may be relative, at most 4,096 bytes, and is
/// the module's word: any text.
/// </param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 where it is not known or greater than 65,535.</param>
public readonly record struct SourceLine(string File, int Line, int Column);
