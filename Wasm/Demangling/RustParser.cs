using System.Globalization;
using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <summary>
/// Rust's mangling v0 (RFC 2603), written while it is read: a back-reference reads an earlier place of the symbol again, and
/// the writer's bounds bound that too. Crate hashes and other disambiguators are left out, but for those that tell
/// closures apart. Here stand paths; types and constants have files of their own.
/// </summary>
internal sealed partial class RustParser : SymbolParser
{
    // Binders name their lifetimes by counting down from the innermost: no real one has more.
    private const int MaxLifetimes = 1024;

    private readonly NameWriter writer = new();
    private readonly int start;
    private int silent;
    private int lifetimes;

    private RustParser(byte[] symbol, int start)
        : base(symbol, start) => this.start = start;

    /// <summary>The readable name, or null where the symbol is malformed.</summary>
    public static string? Demangle(byte[] symbol, int start) => new RustParser(symbol, start).Parse();

    private string? Parse()
    {
        // A digit would be the number of a later version of the scheme.
        Path(inValue: true);
        if (!Failed && char.IsAsciiLetterUpper(Peek()))
        {
            Silently(() => Path(inValue: false));
        }

        // Once the name is full, the rest of the symbol is not looked at.
        return writer.Full || (!Failed && Demangler.WriteSuffix(Rest, writer)) ? writer.ToString() : null;
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (silent == 0 && !Failed)
        {
            writer.Write(text);
        }
    }

    private void Silently(Action read)
    {
        silent++;
        read();
        silent--;
    }

    private void Path(bool inValue)
    {
        if (writer.Enter())
        {
            ReadPath(inValue);
            writer.Leave();
        }
    }

    private void ReadPath(bool inValue)
    {
        switch (Next())
        {
            case 'C':
                _ = Disambiguator();
                Write(Identifier());
                break;
            case 'N':
                NestedPath(inValue);
                break;
            case 'M':
                ImplPath();
                InherentType();
                break;
            case 'X':
                ImplPath();
                TraitType();
                break;
            case 'Y':
                TraitType();
                break;
            case 'I':
                Path(inValue);
                Write(inValue ? "::<" : "<");
                Arguments();
                Write(">");
                break;
            case 'B':
                BackReference(() => Path(inValue));
                break;
            default:
                Fail();
                break;
        }
    }

    private void NestedPath(bool inValue)
    {
        var kind = Next();
        Path(inValue);
        var disambiguator = Disambiguator();
        var name = Identifier();
        if (char.IsAsciiLetterUpper(kind))
        {
            var what = kind switch { 'C' => "closure", 'S' => "shim", _ => kind.ToString() };
            Write(string.Create(CultureInfo.InvariantCulture, $"::{{{what}{(name.Length > 0 ? ":" : "")}{name}#{disambiguator}}}"));
        }
        else if (char.IsAsciiLetterLower(kind))
        {
            Write(name.Length > 0 ? "::" : "");
            Write(name);
        }
        else
        {
            Fail();
        }
    }

    // Where the impl block stands: of no interest, since its type follows.
    private void ImplPath()
    {
        _ = Disambiguator();
        Silently(() => Path(inValue: false));
    }

    // The type of an impl block. The compiler's own tools write <Vec<u8>>::push; people read Vec<u8>::push as easily.
    private void InherentType()
    {
        var isNamed = IsNamedType();
        Write(isNamed ? "" : "<");
        Type();
        Write(isNamed ? "" : ">");
    }

    private bool IsNamedType()
    {
        var position = Position;
        // A reference goes backwards, so that this ends.
        while (Take('B'))
        {
            var reference = Position - 1;
            var target = Base62();
            if (target >= (ulong)(reference - start))
            {
                break;
            }

            Position = start + (int)target;
        }

        var kind = Peek();
        Position = Failed ? Position : position;
        return kind is 'C' or 'N' or 'I' || (BasicTypes.TryGetValue(kind, out var name) && char.IsAsciiLetter(name[0]));
    }

    private void TraitType()
    {
        Write("<");
        Type();
        Write(" as ");
        Path(inValue: false);
        Write(">");
    }

    private void Arguments()
    {
        for (var first = true; !writer.Full && More('E'); first = false)
        {
            Write(first ? "" : ", ");
            if (Take('L'))
            {
                Lifetime(Base62());
            }
            else if (Take('K'))
            {
                Constant(inValue: false);
            }
            else
            {
                Type();
            }
        }
    }

    private void BackReference(Action read)
    {
        var reference = Position - 1;
        var target = Base62();
        if (Failed || target >= (ulong)(reference - start))
        {
            Fail();
            return;
        }

        if (silent > 0)
        {
            return;
        }

        var after = Position;
        Position = start + (int)target;
        read();
        Position = Failed ? Position : after;
    }

    private ulong Disambiguator() => OptionalBase62('s');

    // 0 where the mark is missing, else the number and 1.
    private ulong OptionalBase62(char mark) => Take(mark) ? unchecked(Base62() + 1) : 0;

    private ulong Base62()
    {
        if (Take('_'))
        {
            return 0;
        }

        UInt128 value = 0;
        while (More('_'))
        {
            var digit = Next();
            var worth = digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'z' => digit - 'a' + 10,
                >= 'A' and <= 'Z' => digit - 'A' + 36,
                _ => -1,
            };
            value = (value * 62) + (UInt128)Math.Max(worth, 0);
            if (worth < 0 || value >= ulong.MaxValue)
            {
                Fail();
            }
        }

        return Failed ? 0 : (ulong)value + 1;
    }

    private string Identifier()
    {
        var isPunycode = Take('u');
        var length = Number();
        // Stands where the name begins with a digit or an underscore.
        Take('_');
        var bytes = Bytes(length);
        if (!isPunycode)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var split = bytes.LastIndexOf((byte)'_');
        var name = Punycode.Decode(Encoding.UTF8.GetString(bytes[..Math.Max(split, 0)]), bytes[(split + 1)..]);
        if (name is null)
        {
            Fail();
        }

        return name ?? "";
    }
}
