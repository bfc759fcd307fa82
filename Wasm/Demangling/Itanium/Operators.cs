using static WasmAspire.Wasm.Demangling.Itanium.OperatorKind;

namespace WasmAspire.Wasm.Demangling.Itanium;

/// <summary>The operators by their codes (Itanium C++ ABI, 5.1.3 and 5.1.6).</summary>
internal static class Operators
{
    private static readonly Dictionary<string, Operator> Codes = new()
    {
        ["nw"] = new("new", New), ["na"] = new("new[]", New), ["dl"] = new("delete", Delete), ["da"] = new("delete[]", Delete),
        ["aw"] = new("co_await", Prefix), ["ps"] = new("+", Prefix), ["ng"] = new("-", Prefix), ["ad"] = new("&", Prefix),
        ["de"] = new("*", Prefix), ["co"] = new("~", Prefix), ["nt"] = new("!", Prefix),
        ["pp"] = new("++", Increment), ["mm"] = new("--", Increment),
        ["pl"] = new("+", Binary), ["mi"] = new("-", Binary), ["ml"] = new("*", Binary), ["dv"] = new("/", Binary),
        ["rm"] = new("%", Binary), ["an"] = new("&", Binary), ["or"] = new("|", Binary), ["eo"] = new("^", Binary),
        ["aS"] = new("=", Binary), ["pL"] = new("+=", Binary), ["mI"] = new("-=", Binary), ["mL"] = new("*=", Binary),
        ["dV"] = new("/=", Binary), ["rM"] = new("%=", Binary), ["aN"] = new("&=", Binary), ["oR"] = new("|=", Binary),
        ["eO"] = new("^=", Binary), ["ls"] = new("<<", Binary), ["rs"] = new(">>", Binary), ["lS"] = new("<<=", Binary),
        ["rS"] = new(">>=", Binary), ["eq"] = new("==", Binary), ["ne"] = new("!=", Binary), ["lt"] = new("<", Binary),
        ["gt"] = new(">", Binary), ["le"] = new("<=", Binary), ["ge"] = new(">=", Binary), ["ss"] = new("<=>", Binary),
        ["aa"] = new("&&", Binary), ["oo"] = new("||", Binary), ["cm"] = new(",", Binary),
        ["pm"] = new("->*", Member), ["pt"] = new("->", Member),
        ["dt"] = new(".", Member, IsName: false), ["ds"] = new(".*", Member, IsName: false),
        ["cl"] = new("()", Call), ["ix"] = new("[]", Subscript), ["qu"] = new("?", Conditional),
        ["dc"] = new("dynamic_cast", Cast, IsName: false), ["sc"] = new("static_cast", Cast, IsName: false),
        ["cc"] = new("const_cast", Cast, IsName: false), ["rc"] = new("reinterpret_cast", Cast, IsName: false),
        ["sz"] = new("sizeof ", OfExpression, IsName: false), ["az"] = new("alignof ", OfExpression, IsName: false),
        ["te"] = new("typeid ", OfExpression, IsName: false), ["nx"] = new("noexcept ", OfExpression, IsName: false),
        ["st"] = new("sizeof ", OfType, IsName: false), ["at"] = new("alignof ", OfType, IsName: false),
        ["ti"] = new("typeid ", OfType, IsName: false),
    };

    /// <summary>The operator of a code, or null.</summary>
    public static Operator? Find(string code) => Codes.GetValueOrDefault(code);
}
