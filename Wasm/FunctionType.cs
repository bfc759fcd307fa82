namespace WasmAspire.Wasm;

/// <summary>The type of a function.</summary>
/// <param name="Parameters">Types of the parameters, in order.</param>
/// <param name="Results">Types of the results, in order.</param>
public sealed record FunctionType(IReadOnlyList<ValueType> Parameters, IReadOnlyList<ValueType> Results)
{
    /// <summary>The type in the text format's words, such as <c>(i32, i64) -> (f64)</c>.</summary>
    public override string ToString() => $"({Join(Parameters)}) -> ({Join(Results)})";

    private static string Join(IReadOnlyList<ValueType> types) =>
        string.Join(", ", types.Select(type => type.ToString().ToLowerInvariant()));
}
