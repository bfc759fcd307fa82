namespace WasmAspire.Wasm;

/// <summary>How large a memory or a table begins, and how large it may become.</summary>
/// <param name="Minimum">Of a memory pages of 64 KiB, of a table elements.</param>
/// <param name="Maximum">The same unit; null where the module sets none.</param>
public readonly record struct Limits(uint Minimum, uint? Maximum);
