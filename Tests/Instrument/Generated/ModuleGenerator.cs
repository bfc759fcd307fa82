using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>Makes valid modules of WebAssembly 2.0 with tail calls, extended constants and multi-memory.</summary>
internal sealed class ModuleGenerator
{
    /// <summary>What a generated module may import, by name in <c>env</c>; each has one parameter and gives such a value.</summary>
    public static readonly (string Name, ValueType Type)[] HostFunctions = [("i", ValueType.I32), ("l", ValueType.I64), ("f", ValueType.F32), ("d", ValueType.F64)];

    private static readonly ValueType[] Plain = [ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64];

    private readonly Random random;
    private readonly ModuleShape shape = new();
    private readonly List<string> imports = [];
    private readonly List<(string Name, FunctionType Type)> exports = [];
    private bool start;

    private ModuleGenerator(int seed) => random = new Random(seed);

    public static GeneratedModule Generate(int seed)
    {
        var generator = new ModuleGenerator(seed);
        return new GeneratedModule(seed, generator.Run(), generator.exports);
    }

    private byte[] Run()
    {
        Declare();
        var bodies = shape.Functions.Skip(shape.ImportedFunctions).Select(type => BodyGenerator.Generate(random, shape, type)).ToArray();
        var module = new WasmWriter(4096);
        module.WriteBytes([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]);

        // Bodies add types for their blocks; so all is written once they are there.
        WriteVector(module, SectionId.Type, shape.Types.Count, WriteTypes);
        WriteVector(module, SectionId.Import, imports.Count + 1, WriteImports);
        WriteVector(module, SectionId.Function, bodies.Length, content => shape.Functions.Skip(shape.ImportedFunctions).ToList().ForEach(type => content.WriteU32((uint)shape.TypeIndex(type))));
        WriteVector(module, SectionId.Table, 2, content => content.WriteBytes([(byte)ValueType.FuncRef, 0, ModuleShape.TableSize, (byte)ValueType.ExternRef, 1, ModuleShape.TableSize, 20]));
        WriteVector(module, SectionId.Memory, shape.Memories, content => WriteMemories(content));
        WriteVector(module, SectionId.Global, shape.Globals.Count - 1, WriteGlobals);
        WriteExports(module);
        if (start)
        {
            var content = new WasmWriter();
            content.WriteU32((uint)shape.ImportedFunctions);
            module.WriteSection(SectionId.Start, content.Written);
        }

        WriteVector(module, SectionId.Element, shape.ElementSegments.Count, WriteElements);
        if (shape.DataSegments > 0)
        {
            module.WriteSection(SectionId.DataCount, [(byte)shape.DataSegments]);
        }

        WriteVector(module, SectionId.Code, bodies.Length, content => Array.ForEach(bodies, body => content.WriteSized(body)));
        WriteVector(module, SectionId.Data, shape.DataSegments, WriteData);
        GeneratedNames.Write(module, random, shape, bodies);
        return module.Written.ToArray();
    }

    private void Declare()
    {
        foreach (var (name, type) in HostFunctions)
        {
            if (random.Next(2) == 0)
            {
                imports.Add(name);
                shape.Functions.Add(new FunctionType([type], [type]));
            }
        }

        if (random.Next(4) == 0)
        {
            imports.Add("span-exit");
            shape.Functions.Add(new FunctionType([], []));
        }

        shape.ImportedFunctions = shape.Functions.Count;
        start = random.Next(3) == 0;
        if (start)
        {
            shape.Functions.Add(new FunctionType([], []));
        }

        for (var left = random.Next(1, 12); left > 0; left--)
        {
            var values = random.Next(3) == 0 ? ModuleShape.ValueTypes : Plain;
            shape.Functions.Add(new FunctionType(Types(values, 4), Types(values, random.Next(3) == 0 ? 3 : 1)));
        }

        shape.Functions.ForEach(type => shape.TypeIndex(type));
        shape.Globals.Add((ValueType.I32, false));
        shape.Globals.Add((ValueType.I32, true));
        for (var left = random.Next(8); left > 0; left--)
        {
            shape.Globals.Add((ModuleShape.ValueTypes[random.Next(ModuleShape.ValueTypes.Length)], random.Next(2) == 0));
        }

        shape.Memories = random.Next(4) == 0 ? random.Next(3) : 1;
        shape.DataSegments = shape.Memories > 0 ? random.Next(4) : 0;

        // The first declares every function, so that bodies may refer to it.
        shape.ElementSegments.Add(ValueType.FuncRef);
        for (var left = random.Next(9); left > 0; left--)
        {
            shape.ElementSegments.Add(random.Next(3) == 0 ? ValueType.ExternRef : ValueType.FuncRef);
        }
    }

    private ValueType[] Types(ValueType[] choices, int most) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => choices[random.Next(choices.Length)])];

    private static void WriteVector(WasmWriter module, SectionId id, int count, Action<WasmWriter> entries)
    {
        if (count > 0)
        {
            var content = new WasmWriter();
            content.WriteU32((uint)count);
            entries(content);
            module.WriteSection(id, content.Written);
        }
    }

    private void WriteTypes(WasmWriter content)
    {
        foreach (var type in shape.Types)
        {
            content.WriteByte(0x60);
            foreach (var values in new[] { type.Parameters, type.Results })
            {
                content.WriteSized([.. values.Select(value => (byte)value)]);
            }
        }
    }

    private void WriteImports(WasmWriter content)
    {
        content.WriteName("env");
        content.WriteName("g");
        content.WriteBytes([(byte)ExternalKind.Global, (byte)ValueType.I32, 0]);
        for (var i = 0; i < imports.Count; i++)
        {
            content.WriteName(imports[i] == "span-exit" ? ObserveAbi.Api : "env");
            content.WriteName(imports[i]);
            content.WriteByte((byte)ExternalKind.Function);
            content.WriteU32((uint)shape.TypeIndex(shape.Functions[i]));
        }
    }

    private void WriteMemories(WasmWriter content)
    {
        for (var left = shape.Memories; left > 0; left--)
        {
            content.WriteBytes(random.Next(2) == 0 ? [0, 1] : [1, 1, 4]);
        }
    }

    private void WriteGlobals(WasmWriter content)
    {
        content.WriteBytes([(byte)ValueType.I32, 1, (byte)Opcode.I32Const, 63, (byte)Opcode.End]); // the start function's budget
        foreach (var (type, mutable) in shape.Globals.Skip(ModuleShape.BudgetGlobal + 1))
        {
            content.WriteByte((byte)type);
            content.WriteByte(mutable ? (byte)1 : (byte)0);
            if (type == ValueType.I32 && random.Next(3) == 0)
            {
                content.Write(Opcode.GlobalGet, 0);
                Constants.Write(content, random, type, shape);
                content.Write(Opcode.I32Add);
            }
            else
            {
                Constants.Write(content, random, type, shape);
            }

            content.Write(Opcode.End);
        }
    }

    private void WriteExports(WasmWriter module)
    {
        var entries = new WasmWriter();
        var count = 0u;
        void Export(string name, ExternalKind kind, int index)
        {
            entries.WriteName(name);
            entries.WriteByte((byte)kind);
            entries.WriteU32((uint)index);
            count++;
        }

        for (var function = shape.ImportedFunctions; function < shape.Functions.Count; function++)
        {
            if (shape.Functions[function].Parameters.Concat(shape.Functions[function].Results).All(Plain.Contains))
            {
                exports.Add((string.Create(CultureInfo.InvariantCulture, $"f{function}"), shape.Functions[function]));
                Export(exports[^1].Name, ExternalKind.Function, function);
            }
        }

        for (var memory = 0; memory < shape.Memories; memory++)
        {
            Export(memory == 0 ? "memory" : string.Create(CultureInfo.InvariantCulture, $"memory{memory}"), ExternalKind.Memory, memory);
        }

        for (var global = 0; global < shape.Globals.Count; global++)
        {
            Export(global == ModuleShape.BudgetGlobal ? GeneratedModule.Budget : string.Create(CultureInfo.InvariantCulture, $"g{global}"), ExternalKind.Global, global);
        }

        var content = new WasmWriter();
        content.WriteU32(count);
        content.WriteBytes(entries.Written);
        module.WriteSection(SectionId.Export, content.Written);
    }

    private void WriteElements(WasmWriter content)
    {
        WriteDeclaration(content);
        foreach (var type in shape.ElementSegments.Skip(1))
        {
            // Functions by index, or any by expression; active, active with a table, passive, declarative.
            var expressions = type == ValueType.ExternRef || random.Next(2) == 0;
            var kind = random.Next(type == ValueType.ExternRef ? 1 : 0, 4);
            content.WriteU32((uint)(kind switch { 0 => 0, 1 => 2, 2 => 1, _ => 3 } | (expressions ? 4 : 0)));
            if (kind == 1)
            {
                content.WriteU32(type == ValueType.FuncRef ? ModuleShape.FunctionTable : (uint)ModuleShape.ExternTable);
            }

            if (kind < 2)
            {
                content.Write(Opcode.I32Const);
                content.WriteSigned(random.Next(4));
                content.Write(Opcode.End);
            }

            if (kind > 0)
            {
                content.WriteByte(expressions ? (byte)type : (byte)0);
            }

            var count = random.Next(5);
            content.WriteU32((uint)count);
            for (var i = 0; i < count; i++)
            {
                if (expressions)
                {
                    Constants.Write(content, random, type, shape);
                    content.Write(Opcode.End);
                }
                else
                {
                    content.WriteU32((uint)random.Next(shape.Functions.Count));
                }
            }
        }
    }

    private void WriteDeclaration(WasmWriter content)
    {
        content.WriteBytes([3, 0]);
        content.WriteU32((uint)shape.Functions.Count);
        for (var function = 0; function < shape.Functions.Count; function++)
        {
            content.WriteU32((uint)function);
        }
    }

    private void WriteData(WasmWriter content)
    {
        for (var left = shape.DataSegments; left > 0; left--)
        {
            var bytes = new byte[random.Next(20)];
            random.NextBytes(bytes);
            switch (random.Next(3))
            {
                case 0:
                    content.WriteByte(1);
                    break;
                case 1:
                    content.WriteByte(0);
                    content.WriteBytes([(byte)Opcode.I32Const, 5, (byte)Opcode.End]);
                    break;
                default:
                    content.WriteBytes([2, (byte)random.Next(shape.Memories), (byte)Opcode.GlobalGet, 0, (byte)Opcode.End]);
                    break;
            }

            content.WriteSized(bytes);
        }
    }
}
