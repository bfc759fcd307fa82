namespace WasmAspire.ComputeNode.Modules;

/// <summary>What a job runs: the modules that others import from, each after those that it imports from itself, and the entry module.</summary>
internal sealed class GuestProgram
{
    private readonly List<NamedModule> imports = [];

    /// <param name="entry">The module of the entry point.</param>
    /// <param name="imports">The others, in any order; their names differ.</param>
    /// <exception cref="LinkException">They import from each other in a circle.</exception>
    public GuestProgram(NamedModule entry, IReadOnlyList<NamedModule> imports)
    {
        Entry = entry;
        var byName = imports.ToDictionary(module => module.Name, StringComparer.Ordinal);
        var way = new List<string>();
        foreach (var module in imports)
        {
            Add(module, byName, way);
        }
    }

    /// <summary>The module of the entry point.</summary>
    public NamedModule Entry { get; }

    /// <summary>The others, in the order in which they are to be instantiated.</summary>
    public IReadOnlyList<NamedModule> Imports => imports;

    /// <summary>All of them; the place here is the module's number in the observe session.</summary>
    public IEnumerable<NamedModule> Modules => imports.Prepend(Entry);

    // Recursion as deep as there are modules: the requester lets 32 pass.
    private void Add(NamedModule module, Dictionary<string, NamedModule> byName, List<string> way)
    {
        if (imports.Contains(module))
        {
            return;
        }

        if (way.IndexOf(module.Name) is >= 0 and var first)
        {
            throw new LinkException($"The imports form a circle: {string.Join(" → ", way.Skip(first).Append(module.Name))}.");
        }

        way.Add(module.Name);
        foreach (var name in module.Module.Module.Imports.Select(import => import.ModuleName).Distinct(StringComparer.Ordinal))
        {
            if (byName.TryGetValue(name, out var needed))
            {
                Add(needed, byName, way);
            }
        }

        way.RemoveAt(way.Count - 1);
        imports.Add(module);
    }
}
