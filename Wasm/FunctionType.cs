namespace WasmAspire.Wasm;

/// <summary>The type of a function.</summary>
/// <param name="Parameters">Types of the parameters, in order.</param>
/// <param name="Results">Types of the results, in order.</param>
public sealed record FunctionType(IReadOnlyList<ValueType> Parameters, IReadOnlyList<ValueType> Results)
{
    /// <summary>Whether two types take and give the same.</summary>
    public bool Equals(FunctionType? other) => other is not null && Parameters.SequenceEqual(other.Parameters) && Results.SequenceEqual(other.Results);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Parameters.Count);
        foreach (var type in Parameters.Concat(Results))
        {
            hash.Add(type);
        }

        return hash.ToHashCode();
    }

    /// <summary>The type in the text format's words, such as <c>(i32, i64) -> (f64)</c>.</summary>
    public override string ToString() => $"({Join(Parameters)}) -> ({Join(Results)})";

    private static string Join(IReadOnlyList<ValueType> types) =>
        string.Join(", ", types.Select(type => type.ToString().ToLowerInvariant()));
}
