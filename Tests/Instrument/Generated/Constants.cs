using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>Writes constants: what bodies and constant expressions have in common.</summary>
internal static class Constants
{
    public static void Write(WasmWriter code, Random random, ValueType type, ModuleShape shape)
    {
        switch (type)
        {
            case ValueType.I32:
                code.Write(Opcode.I32Const);
                code.WriteSigned((int)Number(random));
                break;
            case ValueType.I64:
                code.Write(Opcode.I64Const);
                code.WriteSigned(Number(random));
                break;
            case ValueType.F32:
                code.Write(Opcode.F32Const);
                code.WriteBytes(BitConverter.GetBytes((float)Real(random)));
                break;
            case ValueType.F64:
                code.Write(Opcode.F64Const);
                code.WriteBytes(BitConverter.GetBytes(Real(random)));
                break;
            case ValueType.V128:
                var bytes = new byte[16];
                random.NextBytes(bytes);
                code.Write(Opcode.VectorPrefix, (uint)VectorOpcode.V128Const);
                code.WriteBytes(bytes);
                break;
            case ValueType.FuncRef when random.Next(3) > 0:
                code.Write(Opcode.RefFunc, (uint)random.Next(shape.Functions.Count));
                break;
            default:
                code.Write(Opcode.RefNull, (uint)type);
                break;
        }
    }

    private static long Number(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => -1,
        2 => random.NextInt64(),
        3 => 1L << random.Next(64),
        _ => random.Next(100),
    };

    private static double Real(Random random) => random.Next(6) switch
    {
        0 => -0.0,
        1 => double.PositiveInfinity,
        2 => double.NaN,
        3 => random.NextInt64(),
        _ => random.NextDouble() * 100,
    };
}
