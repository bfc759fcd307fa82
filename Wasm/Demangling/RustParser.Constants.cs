using System.Buffers;
using System.Globalization;
using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <content>Constants: arguments such as the 4 of an array's type, and (of adt_const_params) whole values.</content>
internal sealed partial class RustParser
{
    private static readonly SearchValues<byte> HexDigit = SearchValues.Create("0123456789abcdef"u8);

    private void Constant(bool inValue)
    {
        if (writer.Enter())
        {
            ReadConstant(inValue);
            writer.Leave();
        }
    }

    private void ReadConstant(bool inValue)
    {
        var kind = Next();
        switch (kind)
        {
            case 'p':
                Write("_");
                break;
            case 'a' or 's' or 'l' or 'x' or 'n' or 'i':
                Write(Take('n') ? "-" : "");
                Integer(HexDigits());
                break;
            case 'h' or 't' or 'm' or 'y' or 'o' or 'j':
                Integer(HexDigits());
                break;
            case 'b':
                Boolean(HexDigits());
                break;
            case 'c':
                Character(HexDigits());
                break;
            case 'B':
                BackReference(() => Constant(inValue));
                break;
            case 'e' or 'R' or 'Q' or 'A' or 'T' or 'V':
                // Only a plain value may stand without braces among types.
                Write(inValue ? "" : "{");
                Compound(kind);
                Write(inValue ? "" : "}");
                break;
            default:
                Fail();
                break;
        }
    }

    private void Compound(char kind)
    {
        switch (kind)
        {
            case 'e':
                Write("*");
                StringLiteral();
                break;
            case 'R' when Take('e'):
                StringLiteral();
                break;
            case 'R' or 'Q':
                Write(kind == 'R' ? "&" : "&mut ");
                Constant(inValue: true);
                break;
            case 'A':
                Write("[");
                Elements('E', () => Constant(inValue: true));
                Write("]");
                break;
            case 'T':
                Tuple(() => Constant(inValue: true));
                break;
            default:
                Structure();
                break;
        }
    }

    private void Structure()
    {
        Path(inValue: true);
        switch (Next())
        {
            case 'U':
                break;
            case 'T':
                Write("(");
                Elements('E', () => Constant(inValue: true));
                Write(")");
                break;
            case 'S':
                Write(" { ");
                Elements('E', Field);
                Write(" }");
                break;
            default:
                Fail();
                break;
        }
    }

    private void Field()
    {
        _ = Disambiguator();
        Write(Identifier());
        Write(": ");
        Constant(inValue: true);
    }

    private ReadOnlySpan<byte> HexDigits()
    {
        var length = Math.Max(Rest.IndexOf((byte)'_'), 0);
        var digits = Bytes(length);
        Expect('_');
        if (digits.ContainsAnyExcept(HexDigit))
        {
            Fail();
        }

        return Failed ? [] : digits;
    }

    private void Integer(ReadOnlySpan<byte> digits)
    {
        digits = digits.TrimStart((byte)'0');
        if (digits.Length <= 16)
        {
            Write(Value(digits).ToString(CultureInfo.InvariantCulture));
            return;
        }

        Write("0x");
        Write(Encoding.ASCII.GetString(digits));
    }

    private void Boolean(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 1 || Value(digits) > 1)
        {
            Fail();
            return;
        }

        Write(Value(digits) == 1 ? "true" : "false");
    }

    private void Character(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 6 || !Rune.IsValid((int)Value(digits)))
        {
            Fail();
            return;
        }

        Write($"'{Escape(new Rune((int)Value(digits)), '\'')}'");
    }

    private void StringLiteral()
    {
        var digits = HexDigits();
        if (digits.Length % 2 != 0)
        {
            Fail();
            return;
        }

        Write("\"");
        foreach (var rune in Encoding.UTF8.GetString(Convert.FromHexString(Encoding.ASCII.GetString(digits))).EnumerateRunes())
        {
            Write(Escape(rune, '"'));
        }

        Write("\"");
    }

    private static ulong Value(ReadOnlySpan<byte> digits) =>
        digits.IsEmpty ? 0 : ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Escape(Rune rune, char quote) => rune.Value switch
    {
        '\t' => @"\t",
        '\n' => @"\n",
        '\r' => @"\r",
        '\\' => @"\\",
        _ when rune.Value == quote => $"\\{quote}",
        _ when Rune.IsControl(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
        _ => rune.ToString(),
    };
}
