namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>C++'s own types by their letters (Itanium C++ ABI, 5.1.5).</summary>
internal static class BuiltinTypes
{
    private static readonly Dictionary<char, TextNode> Plain = new()
    {
        ['v'] = new("void"),
        ['w'] = new("wchar_t"),
        ['b'] = new("bool"),
        ['c'] = new("char"),
        ['a'] = new("signed char"),
        ['h'] = new("unsigned char"),
        ['s'] = new("short"),
        ['t'] = new("unsigned short"),
        ['i'] = new("int"),
        ['j'] = new("unsigned int"),
        ['l'] = new("long"),
        ['m'] = new("unsigned long"),
        ['x'] = new("long long"),
        ['y'] = new("unsigned long long"),
        ['n'] = new("__int128"),
        ['o'] = new("unsigned __int128"),
        ['f'] = new("float"),
        ['d'] = new("double"),
        ['e'] = new("long double"),
        ['g'] = new("__float128"),
        ['z'] = new("..."),
    };

    private static readonly Dictionary<char, TextNode> Extended = new()
    {
        ['d'] = new("decimal64"),
        ['e'] = new("decimal128"),
        ['f'] = new("decimal32"),
        ['h'] = new("half"),
        ['i'] = new("char32_t"),
        ['s'] = new("char16_t"),
        ['u'] = new("char8_t"),
        ['a'] = new("auto"),
        ['c'] = new("decltype(auto)"),
        ['n'] = new("std::nullptr_t"),
    };

    /// <summary>The type of one letter, or null.</summary>
    public static TextNode? Find(char letter) => Plain.GetValueOrDefault(letter);

    /// <summary>The type of a letter after a D, or null.</summary>
    public static TextNode? FindExtended(char letter) => Extended.GetValueOrDefault(letter);
}
