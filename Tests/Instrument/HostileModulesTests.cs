using WasmAspire.Instrument;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Instrument;

/// <summary>Small files made to cost much: each is answered within memory in proportion to it, and without a quadratic wait.</summary>
public sealed class HostileModulesTests
{
    private const int Many = 300_000;

    private static readonly byte[] Preamble = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0];

    public static TheoryData<string> Modules => new(
        "a body that is named a third of a million times",
        "a third of a million custom sections",
        "a third of a million functions",
        "a third of a million nested blocks",
        "a third of a million types",
        "a table of a third of a million labels, twenty times",
        "counts beyond the file");

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task CostNoMoreThanTheirSize(string what)
    {
        var wasm = Make(what);
        var instrumenting = Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Instrumenter.Instrument(wasm);
            }
            catch (WasmFormatException)
            {
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        // Seconds are plenty; what is quadratic would take many minutes.
        Assert.InRange(await instrumenting.WaitAsync(TimeSpan.FromMinutes(2)), 0, (16 << 20) + (400L * wasm.Length));
    }

    private static byte[] Make(string what) => what switch
    {
        "a body that is named a third of a million times" => Module(LongBody(), names =>
        {
            for (var i = 0; i < Many; i++)
            {
                names.WriteBytes([0, 1, 0, 0]); // function 0, one label: 0, without a name
            }
        }),
        "a third of a million custom sections" => [.. Preamble, .. Enumerable.Repeat<byte[]>([0, 8, 7, .. ".debug_"u8], Many).SelectMany(bytes => bytes)],
        "a third of a million functions" => Functions(),
        "a third of a million nested blocks" => Module([0, .. Enumerable.Repeat<byte[]>([0x02, 0x40], Many).SelectMany(bytes => bytes), .. Enumerable.Repeat((byte)0x0B, Many + 1)]),
        "a third of a million types" => Types(),
        "a table of a third of a million labels, twenty times" => Module(Tables()),
        _ => [.. Preamble, 1, 6, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x60],
    };

    private static byte[] LongBody() => [0, .. Enumerable.Repeat<byte[]>([0x02, 0x40, 0x0B], 100_000).SelectMany(bytes => bytes), 0x0B];

    private static byte[] Tables()
    {
        var body = new WasmWriter();
        body.WriteByte(0);
        for (var table = 0; table < 20; table++)
        {
            body.WriteBytes([(byte)Opcode.I32Const, 0, (byte)Opcode.BrTable]);
            body.WriteU32(Many);
            body.WriteBytes(new byte[Many + 1]);
        }

        body.Write(Opcode.End);
        return body.Written.ToArray();
    }

    private static byte[] Module(byte[] body, Action<WasmWriter>? labels = null)
    {
        var module = new WasmWriter();
        module.WriteBytes(Preamble);
        module.WriteSection(SectionId.Type, [1, 0x60, 0, 0]);
        module.WriteSection(SectionId.Function, [1, 0]);
        var code = new WasmWriter();
        code.WriteU32(1);
        code.WriteSized(body);
        module.WriteSection(SectionId.Code, code.Written);
        if (labels is not null)
        {
            var map = new WasmWriter();
            map.WriteU32(Many);
            labels(map);
            var names = new WasmWriter();
            names.WriteByte(3);
            names.WriteSized(map.Written);
            module.WriteCustomSection("name", names.Written);
        }

        return module.Written.ToArray();
    }

    private static byte[] Functions()
    {
        var module = new WasmWriter();
        module.WriteBytes(Preamble);
        module.WriteSection(SectionId.Type, [1, 0x60, 0, 0]);
        var functions = new WasmWriter();
        functions.WriteU32(Many);
        functions.WriteBytes(new byte[Many]);
        module.WriteSection(SectionId.Function, functions.Written);
        var code = new WasmWriter();
        code.WriteU32(Many);
        for (var i = 0; i < Many; i++)
        {
            // A loop, so that each is instrumented.
            code.WriteBytes([5, 0, 0x03, 0x40, 0x0B, 0x0B]);
        }

        module.WriteSection(SectionId.Code, code.Written);
        return module.Written.ToArray();
    }

    private static byte[] Types()
    {
        var types = new WasmWriter();
        types.WriteU32(Many);
        for (var i = 0; i < Many; i++)
        {
            types.WriteBytes([0x60, 0, 2, 0x7F, 0x7F]);
        }

        var module = new WasmWriter();
        module.WriteBytes(Preamble);
        module.WriteSection(SectionId.Type, types.Written);
        return module.Written.ToArray();
    }
}
