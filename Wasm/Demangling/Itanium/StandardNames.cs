namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>The standard library's names with a substitution of their own (Itanium C++ ABI, 5.1.9).</summary>
internal static class StandardNames
{
    private const string Streams = "<char, std::char_traits<char>>";

    private static readonly Dictionary<char, StandardNode> Names = new()
    {
        ['a'] = new("std::allocator", "allocator", ""),
        ['b'] = new("std::basic_string", "basic_string", ""),
        ['s'] = new("std::string", "basic_string", "<char, std::char_traits<char>, std::allocator<char>>"),
        ['i'] = new("std::istream", "basic_istream", Streams),
        ['o'] = new("std::ostream", "basic_ostream", Streams),
        ['d'] = new("std::iostream", "basic_iostream", Streams),
    };

    /// <summary>The name, by the letter after the S; null if there is none.</summary>
    public static StandardNode? Find(char letter) => Names.GetValueOrDefault(letter);
}
