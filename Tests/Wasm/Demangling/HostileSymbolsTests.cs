using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using WasmAspire.Wasm.Demangling;

namespace WasmAspire.Tests.Wasm.Demangling;

public sealed class HostileSymbolsTests
{
    // The nodes of a symbol of the greatest length take 0.7 MB; writing allocates next to nothing.
    private const long MaxAllocation = 4 << 20;

    // What it is, the symbol, and how what is read of it begins before it is cut; null where it is left as it is.
    public static TheoryData<string, string, string?> Hostile => new()
    {
        // nesting: too deep to read is malformed
        { "pointers", $"_Z1f{Repeat("P", 16000)}i", null },
        { "template arguments", $"_Z1f{Repeat("1aI", 4000)}i{Repeat("E", 4000)}", null },
        { "packs", $"_Z1fI{Repeat("J", 8000)}", null },
        { "expressions", $"_Z1fIXng{Repeat("ng", 8000)}", null },
        { "local names", $"_Z{Repeat("Z", 16000)}", null },
        { "special names", $"_Z{Repeat("Th0_", 4000)}1fv", null },
        { "lambdas", $"_Z1f{Repeat("Ul", 8000)}", null },
        { "lambdas' parameters", $"_Z1fUl{Repeat("Tt", 8000)}", null },
        { "conversions", $"_Z{Repeat("cv", 8000)}", null },
        { "crates' paths", $"_R{Repeat("Nv", 8000)}C1a", null },
        { "references", $"_RINvC1a1f{Repeat("R", 16000)}uE", $"a::f::<{Repeat("&", 100)}…" },
        { "trait types", $"_R{Repeat("Y", 16000)}", "<<<<<<…" },
        { "constants", $"_RINvC1a1fK{Repeat("R", 16000)}E", $"a::f::<{{{Repeat("&", 100)}…" },
        // back-references that repeat themselves
        { "a path inside itself", "_RNvNvB_1a1b", null },
        { "a type inside itself", "_RINvC1a1fTB7_EE", "a::f::<((((((…" },
        { "references to references", $"_RINvC1a1f{References(2000)}E", "a::f::<(), <()>, <()>, …" },
        { "a constant inside itself", "_RINvC1a1fKRBa_E", null },
        { "an impl's type inside itself", "_RMC1aB_", "<<<<<<…" },
        { "a template argument inside itself", "_ZN1AcvT_IPS0_EEv", "A::operator …" },
        // doubling: what is written is cut
        { "pairs of pairs", $"_Z1f{Doubled(60)}", "f(A<int, int>, A<A<int, int>, A<int, int>>, A<A<A<int, int>, …" },
        { "tuples of tuples", $"_RINvC1a1f{DoubledTuples(60)}E", "a::f::<((), ()), (((), ()), ((), ())), ((((), ()), …" },
        { "packs of nothing", $"_Z1fIJ{Repeat("JE", 4000)}EEv{Repeat("DpFDpT_T_E", 300)}", "void f<>(…" },
        // numbers
        { "a length", "_Z99999999999999999999a", null },
        { "a length past the end", "_Z16000a", null },
        { "a value", $"_Z1fILi{Repeat("9", 8000)}EEvv", $"void f<{Repeat("9", 1016)}…" },
        { "a substitution", "_Z1fSZZZZZZZZZZZZ_", null },
        { "a template parameter", "_Z1fIiEvT99999999999_", null },
        { "a level", "_Z1fIiEvTL99999999999__", null },
        { "bits", "_Z1fDB99999999999_", null },
        { "a disambiguator", $"_RNvCs{Repeat("Z", 8000)}_1a1f", null },
        { "leading zeros", $"_RNvCs{Repeat("0", 8000)}_1a1f", null },
        { "a back-reference", "_RNvBZZZZZZZZZZZZZZZ_1f", null },
        { "lifetimes", "_RINvC1a1fFGZZZZZZ_EuE", null },
        { "many lifetimes", $"_RINvC1a1f{Repeat("FGg7_", 3000)}E", "a::f::<for<'a, 'b, …" },
        { "punycode", "_RNvC1au12_99999999999", null },
        { "long punycode", $"_RNvC1au4000_{Repeat("a", 3999)}", null },
        { "an integer", $"_RINvC1a1fKj{Repeat("f", 8000)}_E", $"a::f::<0x{Repeat("f", 1014)}…" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AreLeftOrCutWithinBounds(string what, string symbol, string? name) => OnSmallStack(() =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Demangler.Demangle(symbol);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        if (name is null)
        {
            Assert.Same(symbol, result);
        }
        else
        {
            Assert.StartsWith(name[..^1], result, StringComparison.Ordinal);
            Assert.EndsWith("…", result, StringComparison.Ordinal);
            Assert.InRange(result.Length, name.Length, Demangler.MaxNameLength);
        }

        Assert.True(allocated <= MaxAllocation, $"{what}: {allocated} bytes");
    });

    [Fact]
    public void CutAtAnyLengthAreReadOrLeft() => OnSmallStack(() =>
    {
        foreach (var (_, symbol, _) in RealSymbols.All)
        {
            for (var length = 0; length < symbol.Length; length++)
            {
                AssertBounded(symbol[..length]);
            }
        }
    });

    [Fact]
    public void WithChangedCharactersAreReadOrLeft() => OnSmallStack(() =>
    {
        const string Alphabet = "_.0123456789ABCDEFGIJKLMNOPRSTUVXYZabcdefghijklmnopstuvwxyz$é\0";
        var random = new Random(1);
        foreach (var (_, symbol, _) in RealSymbols.All)
        {
            for (var round = 0; round < 200; round++)
            {
                var changed = new StringBuilder(symbol);
                for (var changes = random.Next(1, 5); changes > 0; changes--)
                {
                    changed[random.Next(2, changed.Length)] = Alphabet[random.Next(Alphabet.Length)];
                }

                AssertBounded(changed.ToString());
            }
        }
    });

    private static void AssertBounded(string symbol)
    {
        var name = Demangler.Demangle(symbol);
        Assert.True(ReferenceEquals(name, symbol) || name.Length is > 0 and <= Demangler.MaxNameLength, symbol);
    }

    // f(A<int, int>, A<S, S>, …): each parameter is twice as long as the one before it.
    private static string Doubled(int levels)
    {
        var symbol = new StringBuilder("1AIiiE");
        for (var level = 0; level < levels; level++)
        {
            var previous = level == 0 ? "0" : Base36(level);
            symbol.Append(CultureInfo.InvariantCulture, $"S_IS{previous}_S{previous}_E");
        }

        return symbol.ToString();
    }

    private static string DoubledTuples(int levels)
    {
        var symbol = new StringBuilder("TuuE");
        var last = "INvC1a1f".Length;
        for (var level = 0; level < levels; level++)
        {
            var next = "INvC1a1f".Length + symbol.Length;
            symbol.Append(CultureInfo.InvariantCulture, $"TB{Base62(last)}_B{Base62(last)}_E");
            last = next;
        }

        return symbol.ToString();
    }

    // Each the type of an impl block, by a reference to the reference before it.
    private static string References(int count)
    {
        var symbol = new StringBuilder("u");
        var last = "INvC1a1f".Length;
        for (var i = 0; i < count; i++)
        {
            symbol.Append("MC0");
            var next = "INvC1a1f".Length + symbol.Length;
            symbol.Append(CultureInfo.InvariantCulture, $"B{Base62(last)}_");
            last = next;
        }

        return symbol.ToString();
    }

    private static string Base36(int value) => Digits(value, 36, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static string Base62(int value) => Digits(value - 1, 62, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static string Digits(int value, int radix, string digits) =>
        value < radix ? digits[value].ToString() : Digits(value / radix, radix, digits) + digits[value % radix];

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    // A quarter of what a slot's thread has for the host. What recurses without bounds ends the test run.
    private static void OnSmallStack(Action test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    test();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            maxStackSize: 384 * 1024);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
