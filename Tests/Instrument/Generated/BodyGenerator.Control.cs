using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <content>Blocks, branches and calls.</content>
internal sealed partial class BodyGenerator
{
    private void Block(Opcode opcode, IReadOnlyList<ValueType> results, bool keep = false)
    {
        // Parameters come from the stack; a branch to a loop gives them again.
        var parameters = random.Next(4) == 0 ? Types(2) : [];
        Values(parameters);
        if (opcode == Opcode.If)
        {
            Value(ValueType.I32);
        }

        code.Write(opcode);
        code.WriteSigned(BlockType(parameters, results));
        labels.Add(opcode == Opcode.Loop ? parameters : results);
        Arm(opcode, parameters, results);
        if (opcode == Opcode.If && (random.Next(2) == 0 || !parameters.SequenceEqual(results)))
        {
            code.Write(Opcode.Else);
            Arm(opcode, parameters, results);
        }

        labels.RemoveAt(labels.Count - 1);
        code.Write(Opcode.End);
        if (!keep)
        {
            foreach (var _ in results)
            {
                code.Write(Opcode.Drop);
            }
        }
    }

    private void Arm(Opcode opcode, IReadOnlyList<ValueType> parameters, IReadOnlyList<ValueType> results)
    {
        if (opcode == Opcode.Loop)
        {
            SpendBudget();
        }

        if (parameters.SequenceEqual(results) && random.Next(2) == 0)
        {
            // They fall through.
            Statements();
            return;
        }

        foreach (var _ in parameters)
        {
            code.Write(Opcode.Drop);
        }

        Statements();
        Values(results);
    }

    private long BlockType(IReadOnlyList<ValueType> parameters, IReadOnlyList<ValueType> results) => (parameters, results) switch
    {
        ({ Count: 0 }, { Count: 0 }) => -64,
        ({ Count: 0 }, [var one]) when random.Next(4) > 0 => (sbyte)((byte)one | 0x80),
        _ => shape.TypeIndex(new FunctionType([.. parameters], [.. results])),
    };

    // What follows in the block is never reached, and still typed.
    private void Branch()
    {
        var label = random.Next(labels.Count);
        Values(Target(label));
        code.Write(Opcode.Br, (uint)label);
    }

    private void BranchIf()
    {
        var label = random.Next(labels.Count);
        Values(Target(label));
        Value(ValueType.I32);
        if (random.Next(2) == 0)
        {
            code.Write(Opcode.BrIf, (uint)label);
            foreach (var _ in Target(label))
            {
                code.Write(Opcode.Drop);
            }

            return;
        }

        int[] alike = [.. Enumerable.Range(0, labels.Count).Where(other => Target(other).SequenceEqual(Target(label)))];
        var count = random.Next(4);
        code.Write(Opcode.BrTable, (uint)count);
        for (var i = 0; i <= count; i++)
        {
            code.WriteU32((uint)Pick(alike));
        }
    }

    // Ends the function, in one of the ways there are.
    private void Leave()
    {
        switch (random.Next(5))
        {
            case 0:
                code.Write(Opcode.Unreachable);
                break;
            case 1 when Enumerable.Range(0, shape.Functions.Count).Where(f => shape.Functions[f].Results.SequenceEqual(type.Results)).ToArray() is { Length: > 0 } functions:
                Call(Pick(functions), tail: true);
                break;
            case 2 when shape.Functions.Where(function => function.Results.SequenceEqual(type.Results)).ToArray() is { Length: > 0 } types:
                CallIndirect(Pick(types), tail: true);
                break;
            default:
                Values(Types(1)); // what lies below the results is dropped
                Values(type.Results);
                code.Write(Opcode.Return);
                break;
        }
    }

    private void Call(int function, bool tail)
    {
        Values(shape.Functions[function].Parameters);
        code.Write(tail ? Opcode.ReturnCall : Opcode.Call, (uint)function);
        DropResults(shape.Functions[function], tail);
    }

    private void CallIndirect(FunctionType callee, bool tail)
    {
        Values(callee.Parameters);
        Constant(random.Next(ModuleShape.TableSize));
        code.Write(tail ? Opcode.ReturnCallIndirect : Opcode.CallIndirect, (uint)shape.TypeIndex(callee));
        code.WriteU32(ModuleShape.FunctionTable);
        DropResults(callee, tail);
    }

    private void DropResults(FunctionType callee, bool tail)
    {
        for (var i = 0; !tail && i < callee.Results.Count; i++)
        {
            code.Write(Opcode.Drop);
        }
    }

    private IReadOnlyList<ValueType> Target(int label) => labels[labels.Count - 1 - label];
}
