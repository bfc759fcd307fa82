using System.Buffers;
using System.Globalization;
using System.Text;

namespace WasmAspire.Observe.Logs;

/// <summary>Makes a guest's control characters visible: no text of its may move a cursor, colour a line or give a terminal an order.</summary>
internal static class ControlCharacters
{
    // C0 but for tab and newline, DEL and C1; terminals begin their orders with ESC (C0) and CSI, OSC, DCS (C1).
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\n'))]);

    /// <summary>The text with <c>\x1b</c> and the like in place of control characters; one that gets longer than allowed by it is cut with a mark.</summary>
    public static string Escape(string text, int maxLength = int.MaxValue)
    {
        var next = text.AsSpan().IndexOfAny(Escaped);
        if (next < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (; next >= 0; next = rest.IndexOfAny(Escaped))
        {
            escaped.Append(rest[..next]).Append(CultureInfo.InvariantCulture, $"\\x{(int)rest[next]:x2}");
            rest = rest[(next + 1)..];
        }

        return GuestText.Cut(escaped.Append(rest).ToString(), maxLength);
    }
}
