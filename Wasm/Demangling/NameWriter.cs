using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <summary>
/// A name being written, within bounds. Back-references let a short symbol describe an endless name, so what is counted is
/// the writing: its length, its steps, and how deep they nest. At the first bound met the name ends there, and is marked.
/// </summary>
internal class NameWriter
{
    /// <summary>UTF-16 units of the longest name.</summary>
    public const int MaxLength = 1024;

    // A name of full length takes some 2,000; more are only taken by parts that write nothing.
    private const int MaxSteps = 20_000;

    // Expression templates nest 30 to 50 levels of types; a level is one to three steps deep.
    private const int MaxDepth = 192;

    private readonly StringBuilder text = new();
    private int steps;
    private int depth;

    /// <summary>Whether a bound is met: nothing more will be written.</summary>
    public bool Full { get; private set; }

    /// <summary>How much is written so far.</summary>
    public int Length => text.Length;

    /// <summary>The last character, or NUL.</summary>
    public char Last => text.Length > 0 ? text[^1] : '\0';

    /// <summary>Begins one part of the name: false if there must be no more of them. Each that is begun is ended by <see cref="Leave"/>.</summary>
    public bool Enter()
    {
        if (!Full && (steps == MaxSteps || depth == MaxDepth))
        {
            Full = true;
        }

        if (Full)
        {
            return false;
        }

        steps++;
        depth++;
        return true;
    }

    /// <summary>Ends a part.</summary>
    public void Leave() => depth--;

    /// <summary>Writes, or cuts where the name becomes too long.</summary>
    public void Write(ReadOnlySpan<char> part)
    {
        if (Full)
        {
            return;
        }

        var room = MaxLength - text.Length;
        Full = part.Length > room;
        text.Append(Full ? part[..room] : part);
    }

    /// <summary>Writes one character.</summary>
    public void Write(char character) => Write([character]);

    /// <summary>Takes back what was written since <paramref name="length"/>; what is cut stays as it is.</summary>
    public void Truncate(int length)
    {
        if (!Full)
        {
            text.Length = length;
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (!Full)
        {
            return text.ToString();
        }

        var end = Math.Min(text.Length, MaxLength - 1);
        end -= end > 0 && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return string.Concat(text.ToString(0, end), "…");
    }
}
