namespace WasmAspire.Wasm.Dwarf;

/// <summary>What the header of a line table says of its program (DWARF 5, section 6.2.4; older ones lack some fields).</summary>
internal readonly ref struct LineHeader
{
    /// <summary>The table's version, 2 to 5.</summary>
    public ushort Version { get; private init; }

    /// <summary>What an advance of the address is multiplied with.</summary>
    public byte InstructionLength { get; private init; }

    public sbyte LineBase { get; private init; }

    /// <summary>Never 0.</summary>
    public byte LineRange { get; private init; }

    /// <summary>The first special opcode; never 0.</summary>
    public byte OpcodeBase { get; private init; }

    /// <summary>Where in the section the numbers of operands of the standard opcodes stand, from opcode 1 on.</summary>
    public int OperandCounts { get; private init; }

    /// <summary>Reads a header with its tables of directories and files.</summary>
    /// <param name="unit">The unit after its length; afterwards at its program.</param>
    /// <param name="wide">Whether it is in the 64-bit format.</param>
    /// <param name="files">Takes the files.</param>
    /// <param name="header">What was read.</param>
    /// <returns>False where the program cannot be understood.</returns>
    public static bool TryRead(ref DwarfReader unit, bool wide, FileTable files, out LineHeader header)
    {
        if (!TryReadFields(ref unit, wide, out header, out var tables))
        {
            return false;
        }

        files.Clear(header.Version);
        FileTableReader.Read(ref tables, header.Version, wide, files);
        return !tables.Failed;
    }

    /// <summary>Reads a header without its tables.</summary>
    /// <param name="unit">The unit after its length; afterwards at its program.</param>
    /// <param name="wide">Whether it is in the 64-bit format.</param>
    /// <param name="header">What was read.</param>
    /// <param name="tables">The tables.</param>
    /// <returns>False where the program cannot be understood.</returns>
    public static bool TryReadFields(ref DwarfReader unit, bool wide, out LineHeader header, out DwarfReader tables)
    {
        header = default;
        tables = default;
        var version = (ushort)unit.ReadFixed(2);
        if (version is < 2 or > 5)
        {
            return false;
        }

        if (version >= 5)
        {
            // The sizes of an address and of a segment selector: an address says its size itself, and there are no segments.
            unit.ReadFixed(2);
        }

        var fields = unit.Take(unit.ReadOffset(wide));
        var instructionLength = fields.ReadByte();
        if (version >= 4)
        {
            // Operations an instruction: more than one only where instructions are bundles.
            fields.ReadByte();
        }

        // Whether rows begin a statement by default: not used here.
        fields.ReadByte();
        header = new LineHeader
        {
            Version = version,
            InstructionLength = instructionLength,
            LineBase = (sbyte)fields.ReadByte(),
            LineRange = fields.ReadByte(),
            OpcodeBase = fields.ReadByte(),
            OperandCounts = fields.Position,
        };
        fields.Take((ulong)Math.Max(header.OpcodeBase - 1, 0));
        tables = fields;
        return !fields.Failed && header.LineRange != 0 && header.OpcodeBase != 0;
    }
}
