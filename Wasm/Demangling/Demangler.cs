using System.Text;
using WasmAspire.Wasm.Demangling.Itanium;

namespace WasmAspire.Wasm.Demangling;

/// <summary>
/// Turns the names that compilers give functions into names for people: Rust v0 (RFC 2603), Rust legacy, and the Itanium
/// C++ ABI, which every WebAssembly toolchain for C++ follows. Symbols are untrusted: time, memory and recursion are
/// bounded whatever they say.
/// </summary>
public static class Demangler
{
    /// <summary>The longest symbol that is looked into, in bytes of UTF-8; a longer one is returned as it is.</summary>
    public const int MaxSymbolLength = 16 * 1024;

    /// <summary>The longest demangled name, in UTF-16 units; a longer one is cut and ends with "…".</summary>
    public const int MaxNameLength = NameWriter.MaxLength;

    // What the optimizer appends for its own bookkeeping: it says nothing of the function.
    private const string LlvmSuffix = ".llvm.";

    /// <summary>
    /// The readable name, or <paramref name="name"/> itself where it is not mangled, or malformed, or uses a corner of a
    /// grammar that is not supported. A suffix that a compiler appended is kept in parentheses, as in
    /// <c>f(int) (.cold)</c>, but for <c>.llvm.</c> and what follows it, which is dropped.
    /// </summary>
    /// <param name="name">Any text, such as an entry of a module's name section.</param>
    public static string Demangle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Mach-O puts one more underscore before each symbol, and tools that came from there keep it.
        var start = name.StartsWith("__Z", StringComparison.Ordinal) || name.StartsWith("__R", StringComparison.Ordinal) ? 3 : 2;
        if (name.Length <= start || name.Length > MaxSymbolLength || name[0] != '_' || Encoding.UTF8.GetByteCount(name) > MaxSymbolLength)
        {
            return name;
        }

        // Lengths in C++ symbols count bytes of UTF-8.
        var symbol = Encoding.UTF8.GetBytes(name);
        return name[start - 1] switch
        {
            'R' => RustParser.Demangle(symbol, start),
            'Z' => RustLegacyParser.Demangle(symbol, start) ?? ItaniumParser.Demangle(symbol, start),
            _ => null,
        } ?? name;
    }

    /// <summary>Writes what a compiler appended to the symbol; false if that is no such thing.</summary>
    internal static bool WriteSuffix(ReadOnlySpan<byte> suffix, NameWriter writer)
    {
        if (suffix.IsEmpty)
        {
            return true;
        }

        if (suffix[0] != '.' || suffix.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(suffix);
        var end = text.IndexOf(LlvmSuffix, StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        if (text.Length > 0)
        {
            writer.Write($" ({text})");
        }

        return true;
    }
}
