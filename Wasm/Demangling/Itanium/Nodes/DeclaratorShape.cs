namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>What a pointer to a type must look like.</summary>
internal enum DeclaratorShape
{
    /// <summary>No parentheses: <c>int*</c>.</summary>
    Plain,

    /// <summary>Parentheses and a space: <c>int (*) [3]</c>.</summary>
    Array,

    /// <summary>Parentheses: <c>int (*)(char)</c>.</summary>
    Function,
}
