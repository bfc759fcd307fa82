namespace WasmAspire.Wasm.Instructions;

/// <summary>
/// Reads the instructions of a body or a constant expression one by one, from untrusted bytes. It knows their shapes, not
/// their types: what reads well may still be invalid.
/// </summary>
public ref struct InstructionReader
{
    private const byte MemoryIndexFlag = 0x40;

    private readonly ReadOnlySpan<byte> file;
    private ModuleReader reader;

    /// <param name="file">The whole module.</param>
    /// <param name="section">The section's name for errors; null outside any.</param>
    /// <param name="range">What to read.</param>
    public InstructionReader(ReadOnlySpan<byte> file, string? section, ByteRange range)
    {
        this.file = file;
        reader = new ModuleReader(file, section, range.Start, range.End);
    }

    /// <summary>The next byte's place in the file.</summary>
    public readonly int Position => reader.Position;

    /// <summary>Bytes left.</summary>
    public readonly int Left => reader.Left;

    /// <summary>How many blocks are open around the next instruction; -1 after the last <c>end</c>.</summary>
    public int Depth { get; private set; }

    /// <summary>Reads the declaration of a body's locals, which stands before its instructions.</summary>
    /// <returns>The groups, in order.</returns>
    /// <exception cref="WasmFormatException">They are cut off or too many.</exception>
    public List<LocalGroup> ReadLocals()
    {
        const int Most = 50_000; // Wasmtime's limit
        var groups = new List<LocalGroup>();
        ulong total = 0;
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            var count = reader.ReadU32();
            total += count;
            if (total > Most)
            {
                throw reader.Error($"a function has more than {Most} locals");
            }

            groups.Add(new LocalGroup((int)count, reader.ReadValueType()));
        }

        return groups;
    }

    /// <summary>Reads the next instruction.</summary>
    /// <exception cref="WasmFormatException">It is cut off, malformed, or none.</exception>
    /// <exception cref="UnsupportedFeatureException">It belongs to a proposal beyond WebAssembly 2.0, tail calls and multi-memory.</exception>
    public Instruction Read()
    {
        var start = reader.Position;
        var info = ReadOpcode(start);
        Follow(info.Opcode, start);
        var operands = reader.Position;
        var (first, second, align) = ReadOperands(info.Immediate);
        return new Instruction(info, start, operands, reader.Position, first, second, align);
    }

    /// <summary>The labels of a <c>br_table</c>, the default last.</summary>
    public readonly uint[] LabelsOf(in Instruction instruction)
    {
        var operands = new ModuleReader(file, null, instruction.Operands, instruction.End);
        var labels = new uint[operands.ReadU32() + 1];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = operands.ReadU32();
        }

        return labels;
    }

    private OpcodeInfo ReadOpcode(int start)
    {
        var opcode = (Opcode)reader.ReadByte();
        if (opcode is not (Opcode.MiscPrefix or Opcode.VectorPrefix))
        {
            return Opcodes.Find(opcode) ?? throw Proposals.Unknown(opcode, null, reader.Section, start);
        }

        var number = reader.ReadU32();
        var info = number > byte.MaxValue ? null
            : opcode == Opcode.MiscPrefix ? Opcodes.Find((MiscOpcode)number)
            : Opcodes.Find((VectorOpcode)number);
        return info ?? throw Proposals.Unknown(opcode, number, reader.Section, start);
    }

    private void Follow(Opcode opcode, int start)
    {
        if (Depth < 0)
        {
            throw new WasmFormatException("instructions follow the last end", reader.Section, start);
        }

        if (opcode is Opcode.Block or Opcode.Loop or Opcode.If)
        {
            Depth++;
        }
        else if (opcode == Opcode.End)
        {
            Depth--;
        }
    }

    private (long First, uint Second, byte Align) ReadOperands(Immediate kind)
    {
        switch (kind)
        {
            case Immediate.None:
                return default;
            case Immediate.Label:
            case Immediate.Function:
            case Immediate.Local:
            case Immediate.Global:
            case Immediate.Table:
            case Immediate.Element:
            case Immediate.Memory:
            case Immediate.Data:
                return (reader.ReadU32(), 0, 0);
            case Immediate.TypeAndTable:
            case Immediate.TwoTables:
            case Immediate.ElementAndTable:
            case Immediate.TwoMemories:
            case Immediate.DataAndMemory:
                return (reader.ReadU32(), reader.ReadU32(), 0);
            case Immediate.MemoryAccess:
                return ReadAccess();
            case Immediate.LaneAccess:
                var access = ReadAccess();
                reader.ReadByte();
                return access;
            case Immediate.Block:
                return (ReadBlockType(), 0, 0);
            case Immediate.I32:
                return (reader.ReadSigned(32), 0, 0);
            case Immediate.I64:
                return (reader.ReadSigned(64), 0, 0);
            default:
                SkipOperands(kind);
                return default;
        }
    }

    // What stays bytes.
    private void SkipOperands(Immediate kind)
    {
        switch (kind)
        {
            case Immediate.LabelTable:
                for (var labels = (long)reader.ReadCount() + 1; labels > 0; labels--)
                {
                    reader.ReadU32();
                }

                break;
            case Immediate.Types:
                for (var types = reader.ReadCount(); types > 0; types--)
                {
                    reader.ReadValueType();
                }

                break;
            case Immediate.ReferenceType:
                reader.ReadReferenceType();
                break;
            case Immediate.Lane:
                reader.ReadByte();
                break;
            case Immediate.F32:
                reader.ReadBytes(4);
                break;
            case Immediate.F64:
                reader.ReadBytes(8);
                break;
            default: // V128, Shuffle
                reader.ReadBytes(16);
                break;
        }
    }

    private (long Offset, uint Memory, byte Align) ReadAccess()
    {
        var start = reader.Position;
        var flags = reader.ReadU32();
        if (flags >= 2 * MemoryIndexFlag)
        {
            throw new WasmFormatException($"an alignment of 2^{flags} is too large", reader.Section, start);
        }

        var memory = (flags & MemoryIndexFlag) != 0 ? reader.ReadU32() : 0;
        return (reader.ReadU32(), memory, (byte)(flags & ~MemoryIndexFlag));
    }

    private long ReadBlockType()
    {
        const long NoResult = -64;
        var start = reader.Position;
        var type = reader.ReadSigned(33);
        // Negative ones are a value type's byte, read as a signed number of 7 bits.
        if (type < 0 && type != NoResult)
        {
            ModuleReader.ToValueType(type < NoResult ? (byte)0 : (byte)(type & 0x7F), reader.Section, start);
        }

        return type;
    }
}
