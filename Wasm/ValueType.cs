namespace WasmAspire.Wasm;

/// <summary>The type of a parameter, result or global, by its number in the file (WebAssembly 2.0, section 5.3).</summary>
public enum ValueType : byte
{
    /// <summary>32-bit integer.</summary>
    I32 = 0x7F,

    /// <summary>64-bit integer.</summary>
    I64 = 0x7E,

    /// <summary>32-bit float.</summary>
    F32 = 0x7D,

    /// <summary>64-bit float.</summary>
    F64 = 0x7C,

    /// <summary>128-bit vector.</summary>
    V128 = 0x7B,

    /// <summary>Reference to a function.</summary>
    FuncRef = 0x70,

    /// <summary>Reference to an object of the host.</summary>
    ExternRef = 0x6F,
}
