namespace WasmAspire.Wasm.Dwarf;

/// <summary>Runs one unit's line program, the compact form of its rows (DWARF 5, section 6.2.5). Each byte is looked at once.</summary>
internal ref struct LineProgram
{
    private readonly LineHeader header;
    private readonly FileTable files;
    private readonly LineTableBuilder rows;
    private DwarfReader reader;

    private ulong address;
    private long line;
    private ulong column;
    private int path;

    private LineProgram(LineHeader header, DwarfReader program, FileTable files, LineTableBuilder rows)
    {
        this.header = header;
        this.files = files;
        this.rows = rows;
        reader = program;
    }

    /// <param name="header">The unit's header.</param>
    /// <param name="program">The unit after its header.</param>
    /// <param name="files">The unit's files.</param>
    /// <param name="rows">Takes the rows.</param>
    public static void Run(LineHeader header, DwarfReader program, FileTable files, LineTableBuilder rows)
    {
        var run = new LineProgram(header, program, files, rows);
        run.Begin();
        while (run.reader.Left > 0 && !rows.IsFull)
        {
            run.Step();
        }

        rows.Abandon();
    }

    private void Begin()
    {
        address = 0;
        line = 1;
        column = 0;
        path = files.PathOf(1);
    }

    private void Step()
    {
        var opcode = reader.ReadByte();
        if (opcode >= header.OpcodeBase)
        {
            Advance(opcode);
            line += header.LineBase + ((opcode - header.OpcodeBase) % header.LineRange);
            AddRow();
        }
        else if (opcode == 0)
        {
            Extended();
        }
        else
        {
            Standard(opcode);
        }
    }

    // As far as the special opcode would.
    private void Advance(byte opcode) => address += (ulong)((opcode - header.OpcodeBase) / header.LineRange) * header.InstructionLength;

    private void Standard(byte opcode)
    {
        switch (opcode)
        {
            case 1: // copy
                AddRow();
                break;
            case 2: // advance_pc
                address += reader.ReadUnsigned() * header.InstructionLength;
                break;
            case 3: // advance_line
                line += reader.ReadSigned();
                break;
            case 4: // set_file
                path = files.PathOf(reader.ReadUnsigned());
                break;
            case 5: // set_column
                column = reader.ReadUnsigned();
                break;
            case 8: // const_add_pc
                Advance(byte.MaxValue);
                break;
            case 9: // fixed_advance_pc
                address += reader.ReadFixed(2);
                break;
            default: // statements, blocks, prologues, or unknown: passed over
                for (var operands = reader.At(header.OperandCounts + opcode - 1); operands > 0; operands--)
                {
                    reader.ReadUnsigned();
                }

                break;
        }
    }

    private void Extended()
    {
        var operands = reader.Take(reader.ReadUnsigned());
        if (operands.Left == 0)
        {
            return;
        }

        switch (operands.ReadByte())
        {
            case 1: // end_sequence
                rows.End(address);
                Begin();
                break;
            case 2: // set_address, of an address of any size: one that is no address of 32 or 64 bits is none in the code
                address = operands.Left is 4 or 8 ? operands.ReadFixed(operands.Left) : ulong.MaxValue;
                break;
            case 3 when header.Version < 5: // define_file
                FileTableReader.ReadFile(ref operands, files);
                break;
        }
    }

    private readonly void AddRow()
    {
        var known = path >= 0 && line is > 0 and <= int.MaxValue;
        rows.Add(address, known ? (int)line : 0, known ? (ushort)path : (ushort)0, column <= ushort.MaxValue ? (ushort)column : (ushort)0);
    }
}
