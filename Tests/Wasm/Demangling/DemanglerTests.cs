using WasmAspire.Wasm.Demangling;

namespace WasmAspire.Tests.Wasm.Demangling;

public sealed class DemanglerTests
{
    [Theory]
    [InlineData("cxx", 150)]
    [InlineData("cxx-by-hand", 12)]
    [InlineData("v0", 80)]
    [InlineData("v0-by-hand", 10)]
    [InlineData("legacy", 70)]
    [InlineData("legacy-by-hand", 5)]
    public void ReadsRealSymbolsOf(string family, int count)
    {
        var symbols = RealSymbols.All.Where(row => row.Family == family).ToList();

        Assert.Equal(count, symbols.Count);
        Assert.Equal(
            symbols.Select(row => $"{row.Symbol}: {row.Name}"),
            symbols.Select(row => $"{row.Symbol}: {Demangler.Demangle(row.Symbol)}"));
    }

    [Theory]
    // not mangled
    [InlineData("")]
    [InlineData("_")]
    [InlineData("main")]
    [InlineData("_start")]
    [InlineData("__wasm_call_ctors")]
    [InlineData("_Zebra")]
    [InlineData("_Return")]
    [InlineData("f(int)")]
    [InlineData("std::vector<int, std::allocator<int>>::push_back(int const&)")]
    // malformed
    [InlineData("_Z")]
    [InlineData("_Z3fo")]
    [InlineData("_Z1fS_")]
    [InlineData("_Z1fT_")]
    [InlineData("_Z1fv junk")]
    [InlineData("_ZN1aEjunk")]
    [InlineData("_R")]
    [InlineData("_RNvC1a")]
    [InlineData("_RNvB_1a")]
    [InlineData("_RNvC1a1fjunk")]
    [InlineData("_RNvC1a1f.a b")]
    // a version of the scheme that is not known
    [InlineData("_R1NvC1a1f")]
    // left out: a module's name, a constraint
    [InlineData("_ZW1M1fv")]
    [InlineData("_Z1fIiQ1CIT_EEvv")]
    public void LeavesOtherNamesAsTheyAre(string name) => Assert.Same(name, Demangler.Demangle(name));

    [Theory]
    // one more underscore, from tools that came from Mach-O
    [InlineData("__Z1fi", "f(int)")]
    [InlineData("__RNvC1a1f", "a::f")]
    [InlineData("__ZN1a1f17h0123456789abcdefE", "a::f")]
    // what a compiler appended
    [InlineData("_Z1fi.cold", "f(int) (.cold)")]
    [InlineData("_Z1fi.isra.0.part.1", "f(int) (.isra.0.part.1)")]
    [InlineData("_Z1fi.llvm.123", "f(int)")]
    [InlineData("_Z1fi.cold.llvm.123", "f(int) (.cold)")]
    [InlineData("_RNvC1a1f.cold", "a::f (.cold)")]
    [InlineData("_RNvC1a1fC1b.llvm.123", "a::f")]
    [InlineData("_ZN1a1f17h0123456789abcdefE.llvm.123", "a::f")]
    [InlineData("_ZN1a1f17h0123456789abcdefE.cold", "a::f (.cold)")]
    // qualifiers of a vendor
    [InlineData("_Z1fU13block_pointerFvvE", "f(void () block_pointer)")]
    // a hash is 16 lower-case hexadecimal digits; else it is C++
    [InlineData("_ZN1a1f17h0123456789abcdeFE", "a::f::h0123456789abcdeF")]
    // escapes that would be control characters stay
    [InlineData("_ZN1a5$u7f$17h0123456789abcdefE", "a::$u7f$")]
    [InlineData("_ZN1a3$X$17h0123456789abcdefE", "a::$X$")]
    public void ReadsVariantsOf(string symbol, string name) => Assert.Equal(name, Demangler.Demangle(symbol));

    [Fact]
    public void CutsANameThatIsTooLongWithAMark()
    {
        var longest = $"_Z1024{new string('a', 1024)}";
        var tooLong = $"_Z1025{new string('a', 1025)}";
        // 1,023 units would end in the first half of the last character.
        var halved = $"_Z{3 + (4 * 511)}aaa{string.Concat(Enumerable.Repeat("😀", 511))}";

        Assert.Equal(new string('a', 1024), Demangler.Demangle(longest));
        Assert.Equal($"{new string('a', 1023)}…", Demangler.Demangle(tooLong));
        Assert.Equal($"aaa{string.Concat(Enumerable.Repeat("😀", 510))}…", Demangler.Demangle(halved));
    }

    [Fact]
    public void LeavesASymbolOverTheLimitAsItIs()
    {
        static string Symbol(int length) => $"_Z1f{new string('i', length - 4)}";
        var allowed = Symbol(Demangler.MaxSymbolLength);
        var refused = Symbol(Demangler.MaxSymbolLength + 1);

        Assert.StartsWith("f(int, int, ", Demangler.Demangle(allowed), StringComparison.Ordinal);
        Assert.Same(refused, Demangler.Demangle(refused));
    }
}
