using System.Buffers.Binary;

namespace WasmAspire.Wasm.Dwarf;

/// <summary>
/// Rewrites one unit's line program (DWARF 5, section 6.2.5). What moves the address is left out, and said anew before each
/// row; all else is copied.
/// </summary>
internal ref struct LineProgramRewriter
{
    private const byte CopyOpcode = 1;
    private const byte AdvancePcOpcode = 2;

    private readonly ReadOnlySpan<byte> section;
    private readonly LineHeader header;
    private readonly CodeMap code;
    private readonly uint codeLength;
    private readonly WasmWriter output;
    private DwarfReader reader;

    // The address that the old program has reached, and the one that the new program has.
    private ulong address;
    private ulong written;
    private ulong last;

    // A sequence of removed code, which linkers give an address where no code can be: it keeps its addresses.
    private bool dead;

    private LineProgramRewriter(ReadOnlySpan<byte> section, LineHeader header, DwarfReader program, CodeMap code, uint codeLength, WasmWriter output)
    {
        this.section = section;
        this.header = header;
        this.code = code;
        this.codeLength = codeLength;
        this.output = output;
        reader = program;
    }

    /// <param name="section">The whole section.</param>
    /// <param name="header">The unit's header.</param>
    /// <param name="program">The unit after its header.</param>
    /// <param name="code">Where the code stands now.</param>
    /// <param name="codeLength">The length of the old code section's content.</param>
    /// <param name="output">Takes the new program.</param>
    public static void Run(ReadOnlySpan<byte> section, LineHeader header, DwarfReader program, CodeMap code, uint codeLength, WasmWriter output)
    {
        var rewriter = new LineProgramRewriter(section, header, program, code, codeLength, output);
        while (rewriter.reader.Left > 0)
        {
            rewriter.Step();
        }
    }

    private void Step()
    {
        var start = reader.Position;
        var opcode = reader.ReadByte();
        if (opcode >= header.OpcodeBase)
        {
            Special(opcode);
        }
        else if (opcode == 0)
        {
            Extended(start);
        }
        else
        {
            Standard(opcode, start);
        }
    }

    private readonly ulong AdvanceOf(byte opcode) => (ulong)((opcode - header.OpcodeBase) / header.LineRange) * header.InstructionLength;

    private void Special(byte opcode)
    {
        address += AdvanceOf(opcode);
        var line = (opcode - header.OpcodeBase) % header.LineRange;
        var target = Target();
        var advance = target - written;
        var whole = header.InstructionLength == 0 ? ulong.MaxValue : advance / header.InstructionLength;
        var wanted = whole <= byte.MaxValue ? header.OpcodeBase + line + ((int)whole * header.LineRange) : int.MaxValue;
        if (target >= written && whole * header.InstructionLength == advance && wanted <= byte.MaxValue)
        {
            written = target;
            output.WriteByte((byte)wanted);
            return;
        }

        MoveTo(target);
        output.WriteByte((byte)(header.OpcodeBase + line));
    }

    private void Standard(byte opcode, int start)
    {
        switch (opcode)
        {
            case CopyOpcode:
                MoveTo(Target());
                output.WriteByte(opcode);
                break;
            case AdvancePcOpcode:
                address += reader.ReadUnsigned() * header.InstructionLength;
                break;
            case 8: // const_add_pc
                address += AdvanceOf(byte.MaxValue);
                break;
            case 9: // fixed_advance_pc
                address += reader.ReadFixed(2);
                break;
            default:
                for (var operands = opcode is >= 3 and <= 5 ? 1 : reader.At(header.OperandCounts + opcode - 1); operands > 0; operands--)
                {
                    reader.ReadUnsigned();
                }

                CopyFrom(start);
                break;
        }
    }

    private void Extended(int start)
    {
        var operands = reader.Take(reader.ReadUnsigned());
        switch (operands.Left == 0 ? 0 : operands.ReadByte())
        {
            case 1: // end_sequence
                MoveTo(Target());
                CopyFrom(start);
                address = written = last = 0;
                dead = false;
                break;
            case 2: // set_address
                address = operands.Left is 4 or 8 ? operands.ReadFixed(operands.Left) : ulong.MaxValue;
                break;
            default:
                CopyFrom(start);
                break;
        }
    }

    // Where the row stands now that the old program is about to make.
    private ulong Target()
    {
        dead |= address == 0 || address > codeLength || address < last;
        last = address;
        return dead ? address : code.Map((uint)address);
    }

    private void MoveTo(ulong target)
    {
        if (target == written)
        {
            return;
        }

        var advance = target - written;
        if (written > 0 && target > written && advance <= uint.MaxValue && header.InstructionLength != 0 && advance % header.InstructionLength == 0)
        {
            output.WriteByte(AdvancePcOpcode);
            output.WriteU32((uint)(advance / header.InstructionLength));
        }
        else
        {
            SetAddress(target);
        }

        written = target;
    }

    private readonly void SetAddress(ulong target)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, target);
        var size = target <= uint.MaxValue ? 4 : 8;
        output.WriteBytes([0, (byte)(size + 1), 2]);
        output.WriteBytes(bytes[..size]);
    }

    // A copy that is cut off would take its operands from what follows.
    private readonly void CopyFrom(int start)
    {
        if (!reader.Failed)
        {
            output.WriteBytes(section[start..reader.Position]);
        }
    }
}
