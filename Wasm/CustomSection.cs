namespace WasmAspire.Wasm;

/// <summary>A section that the format gives no meaning to, such as <c>name</c> or <c>.debug_line</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes after the name.</param>
public sealed record CustomSection(string Name, ByteRange Content);
