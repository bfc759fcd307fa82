namespace WasmAspire.Wasm;

/// <summary>The sections of a module, by the number they have in the file (WebAssembly 2.0, section 5.5.2).</summary>
public enum SectionId : byte
{
    /// <summary>Anything that is not the specification's; it has a name.</summary>
    Custom = 0,

    /// <summary>Function types.</summary>
    Type = 1,

    /// <summary>What the module needs from its host.</summary>
    Import = 2,

    /// <summary>The type of each function of the module's own.</summary>
    Function = 3,

    /// <summary>Tables.</summary>
    Table = 4,

    /// <summary>Linear memories.</summary>
    Memory = 5,

    /// <summary>Globals.</summary>
    Global = 6,

    /// <summary>What the module offers to its host.</summary>
    Export = 7,

    /// <summary>The function that runs at instantiation.</summary>
    Start = 8,

    /// <summary>Element segments.</summary>
    Element = 9,

    /// <summary>Function bodies.</summary>
    Code = 10,

    /// <summary>Data segments.</summary>
    Data = 11,

    /// <summary>The number of data segments; stands between Element and Code.</summary>
    DataCount = 12,
}
