namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>What stands with an operator in an expression.</summary>
internal enum OperatorKind
{
    /// <summary><c>-(x)</c>.</summary>
    Prefix,

    /// <summary><c>++</c> and <c>--</c>, which stand on either side.</summary>
    Increment,

    /// <summary><c>(x) + (y)</c>.</summary>
    Binary,

    /// <summary><c>x.y</c>.</summary>
    Member,

    /// <summary><c>(x)[y]</c>.</summary>
    Subscript,

    /// <summary><c>x(y, z)</c>.</summary>
    Call,

    /// <summary><c>(x) ? (y) : (z)</c>.</summary>
    Conditional,

    /// <summary><c>static_cast&lt;T&gt;(x)</c>.</summary>
    Cast,

    /// <summary><c>sizeof (x)</c>.</summary>
    OfExpression,

    /// <summary><c>sizeof (T)</c>.</summary>
    OfType,

    /// <summary><c>new T(x)</c>.</summary>
    New,

    /// <summary><c>delete x</c>.</summary>
    Delete,
}
