namespace WasmAspire.Wasm.Instructions;

/// <summary>What is known of an instruction.</summary>
public sealed class OpcodeInfo
{
    private OpcodeInfo(Opcode opcode, byte number, string name, Immediate immediate, string? signature)
    {
        Opcode = opcode;
        Number = number;
        Name = name;
        Immediate = immediate;
        Signature = signature;
    }

    internal OpcodeInfo(Opcode opcode, string name, Immediate immediate, string? signature = null)
        : this(opcode, (byte)opcode, name, immediate, signature)
    {
    }

    internal OpcodeInfo(MiscOpcode opcode, string name, Immediate immediate, string? signature = null)
        : this(Opcode.MiscPrefix, (byte)opcode, name, immediate, signature)
    {
    }

    internal OpcodeInfo(VectorOpcode opcode, string name, Immediate immediate, string? signature = null)
        : this(Opcode.VectorPrefix, (byte)opcode, name, immediate, signature)
    {
    }

    /// <summary>The first byte: the instruction itself, or the prefix it stands behind.</summary>
    public Opcode Opcode { get; }

    /// <summary>The number behind the prefix; without a prefix, the first byte.</summary>
    public byte Number { get; }

    /// <summary>Its name in the text format.</summary>
    public string Name { get; }

    /// <summary>What follows it in the file.</summary>
    public Immediate Immediate { get; }

    /// <summary>
    /// The types it takes and gives, such as <c>ii:i</c>: i, l, f, d for 32- and 64-bit integers and floats, v for vectors.
    /// Null where they depend on what surrounds it.
    /// </summary>
    public string? Signature { get; }

    /// <summary>Whether it stands behind a prefix.</summary>
    public bool HasPrefix => Opcode is Opcode.MiscPrefix or Opcode.VectorPrefix;
}
