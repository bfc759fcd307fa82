namespace WasmAspire.Wasm;

/// <summary>What an import or an export is, by its number in the file (WebAssembly 2.0, section 5.5.5).</summary>
public enum ExternalKind : byte
{
    /// <summary>A function.</summary>
    Function = 0,

    /// <summary>A table.</summary>
    Table = 1,

    /// <summary>A linear memory.</summary>
    Memory = 2,

    /// <summary>A global.</summary>
    Global = 3,
}
