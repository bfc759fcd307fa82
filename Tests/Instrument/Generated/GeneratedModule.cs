using WasmAspire.Wasm;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>A valid module made from a number.</summary>
/// <param name="Seed">The number.</param>
/// <param name="Wasm">The module.</param>
/// <param name="Functions">What it exports to be called, by name and type.</param>
internal sealed record GeneratedModule(int Seed, byte[] Wasm, IReadOnlyList<(string Name, FunctionType Type)> Functions)
{
    /// <summary>The exported global that bounds each call: a function's entry and a loop's head take 1 from it, and trap at 0.</summary>
    public const string Budget = "budget";
}
