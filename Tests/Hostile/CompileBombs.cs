using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Hostile;

/// <summary>
/// Small modules, all of them valid, that cost a compiler minutes or gigabytes; what each cost Wasmtime 50.0.1 on two
/// cores stands with it.
/// </summary>
internal static class CompileBombs
{
    private const byte I32 = 0x7F;
    private const byte Empty = 0x40;

    /// <summary>
    /// Nested blocks of many results and one br_table to all. 1,000 of 1,000: 8 KB; 15 s and 5.8 GB. As many edges pass as
    /// many values with more blocks of fewer results.
    /// </summary>
    public static byte[] BranchTable(int blocks, int results) => Module(Type(0, results), [], body =>
    {
        Repeat(blocks, _ => body.WriteBytes([(byte)Opcode.Block, 0]));
        Repeat(results + 1, _ => body.WriteBytes([(byte)Opcode.I32Const, 0]));
        body.Write(Opcode.BrTable);
        body.WriteU32((uint)(blocks - 1));
        Repeat(blocks, i => body.WriteU32((uint)i));
        Repeat(blocks, _ => body.Write(Opcode.End));
    });

    /// <summary>5,000 locals, each written in a loop in the loop of the one before: 63 KB; 7 GB.</summary>
    public static byte[] LocalsInLoops()
    {
        const int Depth = 5000;
        return Module(Type(0, 0), [1, .. U32(Depth), I32], body =>
        {
            Repeat(Depth, i =>
            {
                body.WriteBytes([(byte)Opcode.Loop, Empty, (byte)Opcode.I32Const, 1]);
                body.Write(Opcode.LocalSet);
                body.WriteU32((uint)i);
            });
            Repeat(Depth, i =>
            {
                body.Write(Opcode.LocalGet);
                body.WriteU32((uint)i);
                body.WriteBytes([(byte)Opcode.BrIf, 0]);
                body.Write(Opcode.End);
            });
        });
    }

    /// <summary>Calls of many parameters and as many results. 10,000 of 1,000: 24 KB; over 30 s, 5 GB.</summary>
    public static byte[] ManyValues(int calls, int values) => Module(Type(values, values), [], body =>
    {
        Repeat(values, i =>
        {
            body.Write(Opcode.LocalGet);
            body.WriteU32((uint)i);
        });
        Repeat(calls, _ => body.WriteBytes([(byte)Opcode.Call, 0]));
    });

    /// <summary>40,000 loops, one after another, in one function: 280 KB; quadratic, 30 s for half of it.</summary>
    public static byte[] LoopsInARow() => Module(Type(1, 0), [], body =>
        Repeat(40_000, _ => body.WriteBytes([(byte)Opcode.Loop, Empty, (byte)Opcode.LocalGet, 0, (byte)Opcode.BrIf, 0, (byte)Opcode.End])));

    /// <summary>105,000 times call_indirect in one function: 512 KB; over 40 s and 2 GB.</summary>
    public static byte[] IndirectCalls() => Module(
        Type(0, 0),
        [],
        body => Repeat(105_000, _ => body.WriteBytes([(byte)Opcode.I32Const, 0, (byte)Opcode.CallIndirect, 0, 0])),
        table: true);

    /// <summary>250,000 times if and local.set in one function: 2.2 MB; 14 s for 100,000, and more than in proportion.</summary>
    public static byte[] IfsInARow() => Module(Type(1, 0), [], body =>
        Repeat(250_000, _ => body.WriteBytes([(byte)Opcode.LocalGet, 0, (byte)Opcode.If, Empty, (byte)Opcode.I32Const, 1, (byte)Opcode.LocalSet, 0, (byte)Opcode.End])));

    /// <summary>Empty functions. A million: 4 MB; 35 s, 5.4 GB.</summary>
    public static byte[] EmptyFunctions(int count)
    {
        var functions = new WasmWriter();
        functions.WriteU32((uint)count);
        functions.WriteBytes(new byte[count]);
        var code = new WasmWriter();
        code.WriteU32((uint)count);
        Repeat(count, _ => code.WriteBytes([2, 0, (byte)Opcode.End]));
        return Sections((SectionId.Type, Types(1, Type(0, 0))), (SectionId.Function, functions), (SectionId.Export, Start()), (SectionId.Code, code));
    }

    /// <summary>10,000 types of 1,000 parameters, no two of them the same: 10 MB; over 40 s.</summary>
    public static byte[] WideTypes()
    {
        var types = new WasmWriter();
        types.WriteU32(10_000);
        Repeat(10_000, i =>
        {
            var type = Type(1000, 0);
            // i32 or i64, by the bits of the type's number
            Repeat(14, bit => type[3 + bit] -= (byte)((i >> bit) & 1));
            types.WriteBytes(type);
        });
        return Sections((SectionId.Type, types));
    }

    /// <summary>An element segment of ten million entries: 10 MB; over 8 GB.</summary>
    public static byte[] ElementSegment()
    {
        const int Entries = 9_999_999;
        var elements = new WasmWriter(Entries + 16);
        // passive, of functions
        elements.WriteBytes([1, 1, 0]);
        elements.WriteU32(Entries);
        elements.WriteBytes(new byte[Entries]);
        var function = new WasmWriter();
        function.WriteBytes([1, 0]);
        var code = new WasmWriter();
        code.WriteBytes([1, 2, 0, (byte)Opcode.End]);
        return Sections(
            (SectionId.Type, Types(1, Type(0, 0))), (SectionId.Function, function), (SectionId.Export, Start()), (SectionId.Element, elements), (SectionId.Code, code));
    }

    private static byte[] Module(byte[] type, byte[] locals, Action<WasmWriter> write, bool table = false)
    {
        var body = new WasmWriter();
        body.WriteBytes(locals.Length == 0 ? [0] : locals);
        write(body);
        body.Write(Opcode.End);
        var code = new WasmWriter();
        code.WriteU32(1);
        code.WriteSized(body.Written);
        var function = new WasmWriter();
        function.WriteBytes([1, 0]);
        var tables = new WasmWriter();
        tables.WriteBytes(table ? [1, 0x70, 0, 1] : [0]);
        return Sections(
            (SectionId.Type, Types(1, type)), (SectionId.Function, function), (SectionId.Table, tables), (SectionId.Export, Start()), (SectionId.Code, code));
    }

    private static byte[] Sections(params (SectionId Id, WasmWriter Content)[] sections)
    {
        var module = new WasmWriter();
        module.WriteBytes(HostileModules.Preamble);
        foreach (var (id, content) in sections)
        {
            module.WriteSection(id, content.Written);
        }

        return module.Written.ToArray();
    }

    private static WasmWriter Types(uint count, byte[] type)
    {
        var types = new WasmWriter();
        types.WriteU32(count);
        types.WriteBytes(type);
        return types;
    }

    private static WasmWriter Start()
    {
        var exports = new WasmWriter();
        exports.WriteU32(1);
        exports.WriteName("_start");
        exports.WriteByte((byte)ExternalKind.Function);
        exports.WriteU32(0);
        return exports;
    }

    /// <summary>A function's type, all i32.</summary>
    private static byte[] Type(int parameters, int results) =>
        [0x60, .. U32(parameters), .. Enumerable.Repeat(I32, parameters), .. U32(results), .. Enumerable.Repeat(I32, results)];

    private static byte[] U32(int value)
    {
        var writer = new WasmWriter(8);
        writer.WriteU32((uint)value);
        return writer.Written.ToArray();
    }

    private static void Repeat(int count, Action<int> action)
    {
        for (var i = 0; i < count; i++)
        {
            action(i);
        }
    }
}
