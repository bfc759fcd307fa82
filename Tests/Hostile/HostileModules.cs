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

    /// <summary>
    /// Says that our instrumenter has been at it, and exports gates that are none: a constant, numbers of other types, one
    /// of a function that does not exist. It reports so many calls that each would be used.
    /// </summary>
    public static byte[] FalseGates()
    {
        var module = new WasmWriter();
        module.WriteBytes(Wasmtime.Module.ConvertText("""
            (module
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (global (export "wasmaspire:gate/0") i32 (i32.const 5))
              (global (export "wasmaspire:gate/1") (mut i64) (i64.const -1))
              (global (export "wasmaspire:gate/2") (mut f64) (f64.const nan))
              (global (export "wasmaspire:gate/4294967295") (mut i32) (i32.const 0))
              (func (export "run") (result i32) (local $left i32) (local $function i32)
                (local.set $left (i32.const 10000))
                (loop $again
                  (local.set $function (i32.rem_u (local.get $left) (i32.const 4)))
                  (call $enter (local.get $function))
                  (call $exit (local.get $function))
                  (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
                (i32.const 7)))
            """));
        var producers = new WasmWriter();
        producers.WriteU32(1);
        producers.WriteName("processed-by");
        producers.WriteU32(1);
        producers.WriteName(ObserveAbi.Producer);
        producers.WriteName("1");
        module.WriteCustomSection("producers", producers.Written);
        return module.Written.ToArray();
    }

    /// <summary>A function that calls itself until the stack is used up; its name has 16 MB, and a trap has a stack of such names.</summary>
    public static byte[] HugeFunctionName()
    {
        var module = new WasmWriter();
        module.WriteBytes(Wasmtime.Module.ConvertText("(module (func $f (export \"_start\") call $f call $f))"));
        var map = new WasmWriter();
        map.WriteU32(1);
        map.WriteU32(0);
        map.WriteName(new string('f', 16 << 20));
        var names = new WasmWriter();
        // subsection 1: names of functions
        names.WriteByte(1);
        names.WriteSized(map.Written);
        module.WriteCustomSection("name", names.Written);
        return module.Written.ToArray();
    }

    /// <summary>A function that is exported by ten names of 100,000 bytes, of which none is <c>_start</c>.</summary>
    public static byte[] LongExports() => Wasmtime.Module.ConvertText(
        $"(module (func {string.Concat(Enumerable.Range(0, 10).Select(i => $"(export \"{i}{new string('n', 99_999)}\")"))}))");

    /// <summary>An import whose module and name have 100,000 bytes each.</summary>
    public static byte[] LongImport() =>
        Wasmtime.Module.ConvertText($"(module (import \"{new string('m', 100_000)}\" \"{new string('n', 100_000)}\" (func)) (func (export \"_start\")))");

    /// <summary>Two exports of one name of 100,000 bytes, which is not allowed.</summary>
    public static byte[] LongDuplicate()
    {
        var name = new string('n', 100_000);
        return Wasmtime.Module.ConvertText($"(module (func (export \"{name}\")) (func (export \"{name}\")))");
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
