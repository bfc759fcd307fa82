using System.Buffers;
using System.Globalization;
using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <summary>
/// Rust's first mangling (rustc_symbol_mangling::legacy): a nested C++ name whose last part is a hash. The hash is left
/// out, and what C++ symbols cannot hold is spelt <c>$LT$</c>, <c>$u20$</c> or <c>..</c> in the parts before it.
/// </summary>
internal sealed class RustLegacyParser : SymbolParser
{
    private const int HashLength = 17; // h and 16 hexadecimal digits

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly Dictionary<string, string> Escapes = new()
    {
        ["SP"] = "@",
        ["BP"] = "*",
        ["RF"] = "&",
        ["LT"] = "<",
        ["GT"] = ">",
        ["LP"] = "(",
        ["RP"] = ")",
        ["C"] = ",",
    };

    private readonly NameWriter writer = new();

    private RustLegacyParser(byte[] symbol, int start)
        : base(symbol, start)
    {
    }

    /// <summary>The readable name, or null where the symbol is none of these.</summary>
    public static string? Demangle(byte[] symbol, int start) => new RustLegacyParser(symbol, start).Parse();

    private string? Parse()
    {
        Expect('N');
        var parts = new List<string>();
        while (More('E'))
        {
            parts.Add(Text(Number()));
        }

        if (Failed || parts.Count < 2 || !IsHash(parts[^1]))
        {
            return null;
        }

        for (var i = 0; i < parts.Count - 1 && !writer.Full; i++)
        {
            writer.Write(i == 0 ? "" : "::");
            WritePart(parts[i]);
        }

        return Demangler.WriteSuffix(Rest, writer) ? writer.Finish() : null;
    }

    private static bool IsHash(string part) =>
        part.Length == HashLength && part[0] == 'h' && !part.AsSpan(1).ContainsAnyExcept(HexDigits);

    private void WritePart(ReadOnlySpan<char> part)
    {
        // A part that would begin with an escape got an underscore before it.
        part = part.StartsWith("_$") ? part[1..] : part;
        while (!part.IsEmpty && !writer.Full)
        {
            var escape = part[0] == '$' ? part[1..].IndexOf('$') : -1;
            if (part.StartsWith(".."))
            {
                writer.Write("::");
                part = part[2..];
            }
            else if (escape >= 0 && Decode(part.Slice(1, escape)) is { } text)
            {
                writer.Write(text);
                part = part[(escape + 2)..];
            }
            else
            {
                writer.Write(part[0]);
                part = part[1..];
            }
        }
    }

    private static string? Decode(ReadOnlySpan<char> escape)
    {
        if (Escapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(escape, out var text))
        {
            return text;
        }

        return escape.Length is > 1 and < 8 && escape[0] == 'u'
            && int.TryParse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code) && !Rune.IsControl(new Rune(code))
            ? new Rune(code).ToString()
            : null;
    }
}
