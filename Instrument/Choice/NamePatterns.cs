using System.IO.Enumeration;

namespace WasmAspire.Instrument.Choice;

/// <summary>Globs over names: <c>*</c> is any text, <c>?</c> a character, all else itself; a backslash makes the next character itself.</summary>
internal sealed class NamePatterns(IReadOnlyList<string> patterns)
{
    private readonly bool[] used = new bool[patterns.Count];

    public bool IsEmpty => patterns.Count == 0;

    /// <summary>Those that have matched nothing so far.</summary>
    public IEnumerable<string> Unused => patterns.Where((_, i) => !used[i]);

    public bool Match(string name)
    {
        var matches = false;
        for (var i = 0; i < patterns.Count; i++)
        {
            if (FileSystemName.MatchesSimpleExpression(patterns[i], name, ignoreCase: false))
            {
                matches = used[i] = true;
            }
        }

        return matches;
    }
}
