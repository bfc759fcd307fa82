namespace WasmAspire.Observe;

/// <summary>What a span says of its function. Numbers are boxed once, for all spans of the function.</summary>
internal sealed class ObservedFunction(int index, string name, string? rawName, string? file, int line)
{
    /// <summary>For people: demangled, at most 256 characters.</summary>
    public string Name { get; } = name;

    /// <summary>As the module has it, where that differs; at most 256 characters.</summary>
    public string? RawName { get; } = rawName;

    /// <summary>The index in the module's own index space, as an attribute.</summary>
    public object Index { get; } = (long)(uint)index;

    /// <summary>The source file, if the module tells it.</summary>
    public string? File { get; } = file;

    /// <summary>The first line of its code in that file, as an attribute.</summary>
    public object Line { get; } = (long)line;
}
