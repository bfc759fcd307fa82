using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Hostile;

/// <summary>Modules that are too big or too regular to be committed. Where one can run, its export <c>run</c> gives a number.</summary>
internal static class HostileModules
{
    /// <summary>The beginning of each module: magic number and version.</summary>
    public static readonly byte[] Preamble = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0];

    /// <summary>A parameter of type <c>(ref func)</c> in 30 bytes, which aborts the process of a host that has typed references on.</summary>
    public static byte[] TypedReference { get; } =
        [.. Preamble, 1, 6, 1, 0x60, 1, 0x64, 0x70, 0, 2, 12, 1, 4, .. "host"u8, 3, .. "run"u8, 0, 0];

    /// <summary>So many functions, each of which calls the one before and adds 1; <c>run</c> is the hundredth of them.</summary>
    public static byte[] ManyFunctions(int count) => Module(code =>
    {
        code.WriteU32((uint)count);
        for (var i = 0; i < count; i++)
        {
            var body = new WasmWriter(16);
            body.WriteByte(0);
            if (i > 0)
            {
                body.Write(Opcode.Call);
                body.WriteU32((uint)(i - 1));
            }

            body.Write(Opcode.I32Const);
            body.WriteSigned(1);
            if (i > 0)
            {
                body.Write(Opcode.I32Add);
            }

            body.Write(Opcode.End);
            code.WriteSized(body.Written);
        }
    }, functions: count, run: 99);

    /// <summary>One function of 1 MB: it adds 1 a third of a million times, in a straight line.</summary>
    public static byte[] BigFunction() => Function(body =>
    {
        body.WriteBytes([(byte)Opcode.I32Const, 0]);
        for (var i = 0; i < 333_333; i++)
        {
            body.WriteBytes([(byte)Opcode.I32Const, 1, (byte)Opcode.I32Add]);
        }
    });

    /// <summary>A hundred thousand blocks, each in the one before, and a branch out of all of them.</summary>
    public static byte[] DeepNesting() => Function(body =>
    {
        const int Depth = 100_000;
        for (var i = 0; i < Depth; i++)
        {
            body.WriteBytes([(byte)Opcode.Block, 0x40]);
        }

        body.Write(Opcode.Br);
        body.WriteU32(Depth - 1);
        for (var i = 0; i < Depth; i++)
        {
            body.Write(Opcode.End);
        }

        body.WriteBytes([(byte)Opcode.I32Const, 7]);
    });

    /// <summary>Sixteen MB of a name section that says nonsense.</summary>
    public static byte[] BrokenNames()
    {
        var module = new WasmWriter();
        module.WriteBytes(Function(body => body.WriteBytes([(byte)Opcode.I32Const, 7])));
        var names = new byte[16 << 20];
        Array.Fill(names, (byte)0xFF);
        module.WriteCustomSection("name", names);
        return module.Written.ToArray();
    }

    /// <summary>A module of one function, <c>run</c>, that gives an i32.</summary>
    /// <param name="write">Writes its instructions, without the last <c>end</c>.</param>
    public static byte[] Function(Action<WasmWriter> write) => Module(code =>
    {
        var body = new WasmWriter(1 << 20);
        body.WriteByte(0);
        write(body);
        body.Write(Opcode.End);
        code.WriteU32(1);
        code.WriteSized(body.Written);
    }, functions: 1, run: 0);

    private static byte[] Module(Action<WasmWriter> writeCode, int functions, uint run)
    {
        var module = new WasmWriter();
        module.WriteBytes(Preamble);
        module.WriteSection(SectionId.Type, [1, 0x60, 0, 1, 0x7F]);
        var types = new WasmWriter();
        types.WriteU32((uint)functions);
        types.WriteBytes(new byte[functions]);
        module.WriteSection(SectionId.Function, types.Written);
        var exports = new WasmWriter();
        exports.WriteU32(1);
        exports.WriteName("run");
        exports.WriteByte((byte)ExternalKind.Function);
        exports.WriteU32(run);
        module.WriteSection(SectionId.Export, exports.Written);
        var code = new WasmWriter();
        writeCode(code);
        module.WriteSection(SectionId.Code, code.Written);
        return module.Written.ToArray();
    }
}
