using System.Globalization;
using System.Text.Json;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>The exported function that a job calls, with numbers from and to JSON.</summary>
internal sealed class Entrypoint
{
    private const int MaxNameLength = 100;

    private readonly Function function;
    private readonly ValueBox[] arguments;

    private Entrypoint(Function function, ValueBox[] arguments)
    {
        this.function = function;
        this.arguments = arguments;
    }

    /// <summary>Finds the function and converts its arguments.</summary>
    /// <exception cref="EntrypointException">It does not exist, or cannot be called so.</exception>
    public static Entrypoint Find(Instance instance, string name, IReadOnlyList<JsonElement> arguments)
    {
        if (instance.GetFunction(name) is not { } function)
        {
            var offered = instance.GetFunctions().Select(export => Cut(export.Item1)).Take(10).ToArray();
            throw new EntrypointException($"The module exports no function '{name}'. It exports {(offered.Length == 0 ? "no function" : string.Join(", ", offered))}.");
        }

        if (function.Parameters.Count != arguments.Count)
        {
            throw new EntrypointException($"'{name}' takes {function.Parameters.Count} arguments; entrypointArgs has {arguments.Count}.");
        }

        if (function.Parameters.Concat(function.Results).FirstOrDefault(kind => !IsNumber(kind), ValueKind.Int32) is not ValueKind.Int32 and var other)
        {
            throw new EntrypointException($"'{name}' takes or gives a {other}; only numbers can be passed.");
        }

        var converted = new ValueBox[arguments.Count];
        for (var i = 0; i < converted.Length; i++)
        {
            converted[i] = Convert(arguments[i], function.Parameters[i])
                ?? throw new EntrypointException($"entrypointArgs[{i}] is {arguments[i].GetRawText()}; '{name}' takes a number of type {function.Parameters[i]} there.");
        }

        return new Entrypoint(function, converted);
    }

    /// <summary>Calls the function.</summary>
    /// <returns>Its results: numbers, or strings for i64, NaN and infinities.</returns>
    public IReadOnlyList<JsonElement> Call() => function.Invoke(arguments) switch
    {
        null => [],
        object[] several => [.. several.Select(ToJson)],
        var one => [ToJson(one)],
    };

    private static string Cut(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength] + "…";

    private static bool IsNumber(ValueKind kind) =>
        kind is ValueKind.Int32 or ValueKind.Int64 or ValueKind.Float32 or ValueKind.Float64;

    private static ValueBox? Convert(JsonElement value, ValueKind kind)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        var culture = CultureInfo.InvariantCulture;
        return kind switch
        {
            // Either reading of the same 32 or 64 bits: WebAssembly's integers have no sign of their own.
            ValueKind.Int32 when int.TryParse(text, Whole, culture, out var number) => number,
            ValueKind.Int32 when uint.TryParse(text, Whole, culture, out var number) => (int)number,
            ValueKind.Int64 when long.TryParse(text, Whole, culture, out var number) => number,
            ValueKind.Int64 when ulong.TryParse(text, Whole, culture, out var number) => (long)number,
            ValueKind.Float32 when float.TryParse(text, NumberStyles.Float, culture, out var number) => number,
            ValueKind.Float64 when double.TryParse(text, NumberStyles.Float, culture, out var number) => number,
            _ => (ValueBox?)null,
        };
    }

    private static JsonElement ToJson(object value) => value switch
    {
        int number => JsonSerializer.SerializeToElement(number),
        long number => JsonSerializer.SerializeToElement(number.ToString(CultureInfo.InvariantCulture)),
        float number when float.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        double number when double.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        IFormattable number => JsonSerializer.SerializeToElement(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"A result is a {value.GetType().Name}, which is no number."),
    };
}
