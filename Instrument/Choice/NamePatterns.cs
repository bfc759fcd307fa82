using System.IO.Enumeration;

namespace WasmAspire.Instrument.Choice;

/// <summary>Globs over names: <c>*</c> is any text, <c>?</c> a character, all else itself; a backslash makes the next character itself.</summary>
internal sealed class NamePatterns(IReadOnlyList<string> patterns)
{
    public bool IsEmpty => patterns.Count == 0;

    public bool Match(string name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}
