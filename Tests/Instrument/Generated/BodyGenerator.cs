using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>
/// Writes a valid function body: expressions of a wanted type inside statements, so each is typed by how it is made.
/// Blocks and types that it needs are added to the module's shape.
/// </summary>
internal sealed partial class BodyGenerator
{
    private static readonly ILookup<char, OpcodeInfo> Producers = Opcodes.All
        .Where(info => info.Signature is { Length: > 0 } signature && signature[^1] != ':' && info.Immediate is not (Immediate.I32 or Immediate.I64 or Immediate.F32 or Immediate.F64 or Immediate.V128))
        .ToLookup(info => info.Signature![^1]);

    private static readonly OpcodeInfo[] Consumers = [.. Opcodes.All.Where(info => info.Signature?.EndsWith(':') == true)];

    private readonly Random random;
    private readonly ModuleShape shape;
    private readonly FunctionType type;
    private readonly WasmWriter code = new();
    private readonly List<ValueType> locals;

    // What a branch to each open label takes; the function's own is the first.
    private readonly List<IReadOnlyList<ValueType>> labels = [];
    private int size;

    private BodyGenerator(Random random, ModuleShape shape, FunctionType type)
    {
        this.random = random;
        this.shape = shape;
        this.type = type;
        locals = [.. type.Parameters];
        size = random.Next(4, 120);
    }

    public static byte[] Generate(Random random, ModuleShape shape, FunctionType type)
    {
        var generator = new BodyGenerator(random, shape, type);
        return generator.Run();
    }

    private byte[] Run()
    {
        var header = new WasmWriter();
        var groups = random.Next(4);
        header.WriteU32((uint)groups);
        for (var i = 0; i < groups; i++)
        {
            var (count, local) = (random.Next(3), Pick(ModuleShape.ValueTypes));
            header.WriteU32((uint)count);
            header.WriteByte((byte)local);
            locals.AddRange(Enumerable.Repeat(local, count));
        }

        SpendBudget();
        labels.Add(type.Results);
        Statements();
        Values(type.Results);
        code.Write(Opcode.End);
        header.WriteBytes(code.Written);
        return header.Written.ToArray();
    }

    private void SpendBudget()
    {
        code.Write(Opcode.GlobalGet, ModuleShape.BudgetGlobal);
        code.Write(Opcode.I32Eqz);
        code.Write(Opcode.If);
        code.WriteSigned(-64);
        code.Write(Opcode.Unreachable);
        code.Write(Opcode.End);
        code.Write(Opcode.GlobalGet, ModuleShape.BudgetGlobal);
        Constant(1);
        code.Write(Opcode.I32Sub);
        code.Write(Opcode.GlobalSet, ModuleShape.BudgetGlobal);
    }

    private void Statements()
    {
        for (var left = random.Next(5); left > 0; left--)
        {
            Statement();
        }
    }

    private void Values(IEnumerable<ValueType> types)
    {
        foreach (var value in types)
        {
            Value(value);
        }
    }

    private void Statement()
    {
        size--;
        switch (random.Next(size < 0 ? 6 : 20))
        {
            case 0:
                code.Write(Opcode.Nop);
                break;
            case 1 or 2 when locals.Count > 0:
                var local = random.Next(locals.Count);
                Value(locals[local]);
                code.Write(Opcode.LocalSet, (uint)local);
                break;
            case 3 when Globals(_ => true, mutable: true) is { Length: > 0 } globals:
                var global = Pick(globals);
                Value(shape.Globals[global].Type);
                code.Write(Opcode.GlobalSet, (uint)global);
                break;
            case 4 or 5 or 6:
                Consume(Pick(Consumers));
                break;
            case 7 or 8:
                Value(Pick(ModuleShape.ValueTypes));
                code.Write(Opcode.Drop);
                break;
            case 9 or 10:
                Call(random.Next(shape.Functions.Count), tail: false);
                break;
            case 11:
                CallIndirect(Pick(shape.Functions), tail: false);
                break;
            case 12 or 13:
                Block(Pick([Opcode.Block, Opcode.Loop, Opcode.If]), Types(2));
                break;
            case 14:
                Branch();
                break;
            case 15:
                BranchIf();
                break;
            case 16:
                TableStatement();
                break;
            case 17:
                Leave();
                break;
            default:
                Value(ValueType.I32);
                code.Write(Opcode.Drop);
                break;
        }
    }

    /// <summary>Leaves one value of the type on the stack.</summary>
    private void Value(ValueType value)
    {
        if (--size < 0)
        {
            Leaf(value);
            return;
        }

        switch (random.Next(10))
        {
            case 0 when locals.Contains(value):
                Value(value);
                code.Write(Opcode.LocalTee, (uint)Local(value));
                break;
            case 1:
                Block(Pick([Opcode.Block, Opcode.Loop, Opcode.If]), [value], keep: true);
                break;
            case 2:
                Select(value);
                break;
            case 3 when Enumerable.Range(0, shape.Functions.Count).Where(f => shape.Functions[f].Results is [var result] && result == value).ToArray() is { Length: > 0 } functions:
                var function = Pick(functions);
                Values(shape.Functions[function].Parameters);
                code.Write(Opcode.Call, (uint)function);
                break;
            case 4 when value == ValueType.I32:
                Question();
                break;
            case 5 when value is ValueType.FuncRef or ValueType.ExternRef:
                Constant(random.Next(ModuleShape.TableSize));
                code.Write(Opcode.TableGet, TableOf(value));
                break;
            case > 4 when Producers[Letter(value)].ToArray() is { Length: > 0 } producers:
                Produce(Pick(producers));
                break;
            default:
                Leaf(value);
                break;
        }
    }

    private void Leaf(ValueType value)
    {
        switch (random.Next(3))
        {
            case 0 when locals.Contains(value):
                code.Write(Opcode.LocalGet, (uint)Local(value));
                break;
            case 1 when Globals(type => type == value, mutable: false) is { Length: > 0 } globals:
                code.Write(Opcode.GlobalGet, (uint)Pick(globals));
                break;
            default:
                Constants.Write(code, random, value, shape);
                break;
        }
    }

    private void Select(ValueType value)
    {
        Value(value);
        Value(value);
        Value(ValueType.I32);
        if (value is ValueType.FuncRef or ValueType.ExternRef || random.Next(2) == 0)
        {
            code.Write(Opcode.SelectTyped, 1);
            code.WriteByte((byte)value);
        }
        else
        {
            code.Write(Opcode.Select);
        }
    }

    // What gives an i32 and has no signature of its own.
    private void Question()
    {
        switch (random.Next(4))
        {
            case 0:
                Value(Pick([ValueType.FuncRef, ValueType.ExternRef]));
                code.Write(Opcode.RefIsNull);
                break;
            case 1:
                code.Write(Opcode.MiscPrefix, (uint)MiscOpcode.TableSize);
                code.WriteU32((uint)random.Next(2));
                break;
            default:
                var table = random.Next(2);
                Value(table == ModuleShape.FunctionTable ? ValueType.FuncRef : ValueType.ExternRef);
                Constant(random.Next(3));
                code.Write(Opcode.MiscPrefix, (uint)MiscOpcode.TableGrow);
                code.WriteU32((uint)table);
                break;
        }
    }

    private void Constant(int value)
    {
        code.Write(Opcode.I32Const);
        code.WriteSigned(value);
    }

    private int Local(ValueType value) => Pick([.. Enumerable.Range(0, locals.Count).Where(local => locals[local] == value)]);

    // The budget is nobody's to read or set.
    private int[] Globals(Func<ValueType, bool> wanted, bool mutable) =>
    [
        .. Enumerable.Range(0, shape.Globals.Count).Where(global =>
            global != ModuleShape.BudgetGlobal && wanted(shape.Globals[global].Type) && (!mutable || shape.Globals[global].Mutable)),
    ];

    private ValueType[] Types(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => Pick(ModuleShape.ValueTypes))];

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static char Letter(ValueType value) => value switch
    {
        ValueType.I32 => 'i',
        ValueType.I64 => 'l',
        ValueType.F32 => 'f',
        ValueType.F64 => 'd',
        ValueType.V128 => 'v',
        _ => '-',
    };

    private static ValueType Type(char letter) => letter switch
    {
        'i' => ValueType.I32,
        'l' => ValueType.I64,
        'f' => ValueType.F32,
        'd' => ValueType.F64,
        _ => ValueType.V128,
    };
}
