using WasmAspire.Wasm;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>
/// Modules that need not be tried: a reader sees what makes them expensive, and no compiler writes such. The bounds of
/// time and memory hold without these; they spare the node the attempt.
/// </summary>
internal static class CompileRefusals
{
    /// <summary>Parameters of one function type, and results: a call that passes 1,000 costs 1 MB and 10 ms (measured).</summary>
    public const int MaxValues = 64;

    /// <summary>Functions, imported ones included: even an empty one takes 5 KB compiled (measured).</summary>
    public const int MaxFunctions = 100_000;

    /// <summary>Function types.</summary>
    public const int MaxTypes = 10_000;

    /// <summary>Imports: each costs time at each instantiation.</summary>
    public const int MaxImports = 10_000;

    /// <summary>Bytes of all element segments: about a million entries; ten million take 8 GB to compile (measured).</summary>
    public const int MaxElementBytes = 4 << 20;

    /// <summary>Looks at what a module declares.</summary>
    /// <param name="module">The module.</param>
    /// <param name="wasm">Its bytes.</param>
    /// <exception cref="CompileLimitException">It declares too much.</exception>
    public static void Check(WasmModule module, ReadOnlySpan<byte> wasm)
    {
        Check(module.FunctionCount, MaxFunctions, "functions");
        Check(module.Types.Count, MaxTypes, "function types");
        Check(module.Imports.Count, MaxImports, "imports");
        foreach (var type in module.Types)
        {
            Check(type.Parameters.Count, MaxValues, "parameters in one function type");
            Check(type.Results.Count, MaxValues, "results in one function type");
        }

        var sections = new SectionReader(wasm);
        while (sections.TryRead(out var section))
        {
            if (section.Id == SectionId.Element)
            {
                Check(section.Content.Length, MaxElementBytes, "bytes of element segments");
            }
        }
    }

    private static void Check(int count, int limit, string what)
    {
        if (count > limit)
        {
            throw new CompileLimitException($"The module has {count} {what}; at most {limit} are compiled here.");
        }
    }
}
