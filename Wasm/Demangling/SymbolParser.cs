using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <summary>
/// Reads a symbol from left to right. A fault is remembered and not thrown, since a module may have a million malformed
/// names: after it the parser stands at the end, where nothing can be taken, and what it returns no longer matters.
/// </summary>
/// <param name="symbol">The symbol.</param>
/// <param name="start">Where its mangling scheme's mark ends.</param>
internal abstract class SymbolParser(byte[] symbol, int start)
{
    /// <summary>Whether the symbol is malformed.</summary>
    protected bool Failed { get; private set; }

    /// <summary>The next byte's place in the symbol.</summary>
    protected int Position { get; set; } = start;

    /// <summary>Whether nothing is left.</summary>
    protected bool AtEnd => Position >= symbol.Length;

    /// <summary>All that is left.</summary>
    protected ReadOnlySpan<byte> Rest => symbol.AsSpan(Position);

    /// <summary>The byte so far ahead, or NUL past the end.</summary>
    protected char Peek(int ahead = 0) => Position + ahead < symbol.Length ? (char)symbol[Position + ahead] : '\0';

    /// <summary>Takes the next byte if it is this one.</summary>
    protected bool Take(char expected)
    {
        var found = !AtEnd && symbol[Position] == expected;
        Position += found ? 1 : 0;
        return found;
    }

    /// <summary>Takes the next two bytes if they are these.</summary>
    protected bool Take(char first, char second)
    {
        var found = Peek() == first && Peek(1) == second;
        Position += found ? 2 : 0;
        return found;
    }

    /// <summary>Takes the next byte, whichever it is; at the end fails and returns NUL.</summary>
    protected char Next()
    {
        if (AtEnd)
        {
            Fail();
            return '\0';
        }

        return (char)symbol[Position++];
    }

    /// <summary>Takes the next byte, which must be this one.</summary>
    protected void Expect(char expected)
    {
        if (!Take(expected))
        {
            Fail();
        }
    }

    /// <summary>Whether another element of a list follows, rather than the list's end, which it takes. False after a fault, so that loops end.</summary>
    protected bool More(char end)
    {
        if (AtEnd)
        {
            Fail();
        }

        return !Failed && !Take(end);
    }

    /// <summary>A decimal number. One greater than a symbol can be long is a fault: it counts bytes or things in the symbol.</summary>
    protected int Number()
    {
        if (!char.IsAsciiDigit(Peek()))
        {
            Fail();
        }

        var value = 0;
        while (char.IsAsciiDigit(Peek()) && !Failed)
        {
            value = (value * 10) + (Next() - '0');
            if (value > Demangler.MaxSymbolLength)
            {
                Fail();
            }
        }

        return value;
    }

    /// <summary>So many bytes.</summary>
    protected ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > symbol.Length - Position)
        {
            Fail();
            return [];
        }

        var bytes = symbol.AsSpan(Position, length);
        Position += length;
        return bytes;
    }

    /// <summary>So many bytes as text.</summary>
    protected string Text(int length) => Encoding.UTF8.GetString(Bytes(length));

    /// <summary>Fails.</summary>
    protected void Fail()
    {
        Failed = true;
        Position = symbol.Length;
    }
}
