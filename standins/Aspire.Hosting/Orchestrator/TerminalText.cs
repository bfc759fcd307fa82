using System.Buffers;
using System.Text;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Makes text of unknown origin fit for a terminal: colours at most, no other control.</summary>
internal static class TerminalText
{
    private const char Escape = '\e';
    private const string Reset = "\e[0m";
    private static readonly SearchValues<char> ColourParameters = SearchValues.Create("0123456789;:");

    /// <summary>
    /// Replaces control characters by their pictures (␇, ␛). With <paramref name="colours"/>, colour sequences stay and are
    /// ended with the line; without, they are removed.
    /// </summary>
    public static string Clean(string text, bool colours)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.AsSpan().ContainsAnyInRange('\x7F', '\x9F'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + Reset.Length);
        var coloured = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (ColourLength(text.AsSpan(i)) is > 0 and var length)
            {
                if (colours)
                {
                    clean.Append(text, i, length);
                    coloured = true;
                }

                i += length - 1;
                continue;
            }

            clean.Append(Picture(text[i]));
        }

        return coloured ? clean.Append(Reset).ToString() : clean.ToString();
    }

    private static char Picture(char c) => c switch
    {
        '\t' => c,
        < ' ' => (char)('\u2400' + c),
        '\x7F' => '\u2421',
        > '\x7F' and <= '\x9F' => '\uFFFD',
        _ => c,
    };

    /// <summary>The length of a sequence like <c>ESC[1;32m</c>, or 0.</summary>
    private static int ColourLength(ReadOnlySpan<char> text)
    {
        if (text is not [Escape, '[', ..])
        {
            return 0;
        }

        var parameters = text[2..].IndexOfAnyExcept(ColourParameters);
        return parameters is >= 0 and <= 32 && text[2 + parameters] == 'm' ? parameters + 3 : 0;
    }
}
