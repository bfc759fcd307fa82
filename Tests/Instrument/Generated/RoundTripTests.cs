using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>Instructions read and written come back as they were, and the opcode table says what other tools say.</summary>
public sealed class RoundTripTests
{
    // By compilers that write each number in its shortest form; wasm-ld leaves those long that it has filled in.
    private static readonly string[] Canonical = ["assemblyscript/primes.wasm", "wat/instrumented.wasm", "wat/many_spans.wasm", "wat/old_names.wasm"];

    public static TheoryData<string> Guests => new(Directory
        .GetFiles(Path.Combine(RepositoryRoot.Path, "guests", "wasm"), "*.wasm", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(RepositoryRoot.Path, "guests", "wasm"), file))
        .Order(StringComparer.Ordinal));

    [Fact]
    public void GeneratedModulesHaveEveryInstructionAndComeBackByteForByte()
    {
        var seen = new HashSet<OpcodeInfo>();
        for (var seed = 0; seed < 1500; seed++)
        {
            var wasm = ModuleGenerator.Generate(seed).Wasm;
            foreach (var body in WasmModule.Read(wasm).Bodies)
            {
                Assert.Equal(wasm[body.Start..body.End], Rewrite(wasm, body));
                seen.UnionWith(Read(wasm, body).Select(instruction => instruction.Info));
            }
        }

        Assert.Empty(Opcodes.All.Except(seen).Select(info => info.Name));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void GuestsComeBackWithTheSameInstructions(string guest)
    {
        var wasm = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "guests", "wasm", guest));
        var canonical = Canonical.Contains(guest);
        foreach (var body in WasmModule.Read(wasm).Bodies)
        {
            var rewritten = Rewrite(wasm, body);
            if (canonical)
            {
                Assert.Equal(wasm[body.Start..body.End], rewritten);
            }

            var again = new ByteRange(0, rewritten.Length);
            Assert.Equal(Read(wasm, body).Select(Meaning), Read(rewritten, again).Select(Meaning));
            Assert.Equal(rewritten, Rewrite(rewritten, again));
        }
    }

    [Fact]
    public void PaddedNumbersBecomeShort()
    {
        // local.get 0 in two bytes, i32.const -1 in five, i32.load with memory 0 named, a br_table padded all through.
        byte[] body = [0x80, 0x00, 0x20, 0x80, 0x00, 0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x28, 0x42, 0x00, 0x09, 0x0E, 0x81, 0x00, 0x80, 0x80, 0x00, 0x80, 0x00, 0x0B];

        Assert.Equal([0x00, 0x20, 0x00, 0x41, 0x7F, 0x28, 0x02, 0x09, 0x0E, 0x01, 0x00, 0x00, 0x0B], Rewrite(body, new ByteRange(0, body.Length)));
    }

    [RequiresToolTheory("wasm-objdump")]
    [MemberData(nameof(Guests))]
    public void GuestsReadAsWabtReadsThem(string guest) => CheckWithWabt(Path.Combine(RepositoryRoot.Path, "guests", "wasm", guest));

    [RequiresToolFact("wasm-objdump")]
    public void GeneratedModulesReadAsWabtReadsThem()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 20; seed++)
        {
            var file = Path.Combine(folder.Path, $"{seed}.wasm");
            File.WriteAllBytes(file, ModuleGenerator.Generate(seed).Wasm);
            CheckWithWabt(file);
        }
    }

    [RequiresToolFact("wasm-validate")]
    public void GeneratedModulesAreValidForWabtWhenTheyAreInstrumented()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 40; seed++)
        {
            File.WriteAllBytes(folder["module.wasm"], Instrumenter.Instrument(ModuleGenerator.Generate(seed).Wasm, new InstrumentOptions { All = true }).Wasm.ToArray());
            Tool.Run("wasm-validate", "--enable-tail-call", "--enable-multi-memory", "--enable-extended-const", folder["module.wasm"]);
        }
    }

    private static void CheckWithWabt(string file)
    {
        var (exitCode, listing) = Tool.TryRun("wasm-objdump", ["-d", file]);
        Assert.Equal(0, exitCode);

        // A line an instruction, its text behind the bar; none where the bytes go on from the line before.
        var theirs = listing.Split('\n')
            .Where(line => line.StartsWith(' ') && line.Contains('|', StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim())
            .Where(text => text.Length > 0 && !text.StartsWith("local[", StringComparison.Ordinal))
            .Select(text => text.Split(' ')[0]);
        var wasm = File.ReadAllBytes(file);
        Assert.Equal(theirs, WasmModule.Read(wasm).Bodies.SelectMany(body => Read(wasm, body)).Select(instruction => instruction.Info.Name));
    }

    private static byte[] Rewrite(ReadOnlySpan<byte> wasm, ByteRange body)
    {
        var reader = new InstructionReader(wasm, "code", body);
        var writer = new WasmWriter();
        var groups = reader.ReadLocals();
        writer.WriteU32((uint)groups.Count);
        foreach (var group in groups)
        {
            writer.WriteU32((uint)group.Count);
            writer.WriteByte((byte)group.Type);
        }

        while (reader.Depth >= 0)
        {
            writer.Write(reader.Read(), wasm);
        }

        return writer.Written.ToArray();
    }

    private static List<Instruction> Read(ReadOnlySpan<byte> wasm, ByteRange body)
    {
        var instructions = new List<Instruction>();
        var reader = new InstructionReader(wasm, "code", body);
        reader.ReadLocals();
        while (reader.Depth >= 0)
        {
            instructions.Add(reader.Read());
        }

        return instructions;
    }

    private static (OpcodeInfo, long, uint, byte) Meaning(Instruction instruction) => (instruction.Info, instruction.First, instruction.Second, instruction.Align);
}
