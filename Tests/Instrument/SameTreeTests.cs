using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Observe;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Instrument;

/// <summary>One source, instrumented by hand and automatically, gives one tree.</summary>
public sealed class SameTreeTests
{
    private const string Golden =
        """
        run
          order
            tax
            parts
              parts
                parts
              parts
          order
            tax
            parts
              parts
                parts
              parts
          order
            discount
            parts
              parts
                parts
              parts

        """;

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [InlineData(true)]
    [InlineData(false)]
    public void ByHandAndAutomatically(bool gates)
    {
        using var folder = new TemporaryFolder();
        using var guest = new ObservedGuest();

        var byHand = guest.Run(Compile(folder, "-DBY_HAND"), options => options with { MinimumDuration = TimeSpan.Zero }).Tree();
        var automatic = guest.Run(Automatic(Compile(folder), gates), options => options with { MinimumDuration = TimeSpan.Zero }).Tree();

        Assert.Equal(Golden.ReplaceLineEndings("\n"), byHand);
        Assert.Equal(byHand, automatic);
    }

    private static byte[] Automatic(byte[] wasm, bool gates) => Instrumenter
        .Instrument(wasm, new InstrumentOptions { Include = ["run", "order", "tax", "discount", "parts"], Gates = gates }).Wasm.ToArray();

    private static byte[] Compile(TemporaryFolder folder, params string[] more)
    {
        var programs = Path.Combine(RepositoryRoot.Path, "Tests", "Instrument", "Programs");
        var bindings = Path.Combine(RepositoryRoot.Path, "guests", "bindings", "c");
        string[] arguments = ["--target=wasm32-wasi", "-O1", "-mexec-model=reactor", "-I", bindings, .. more, Path.Combine(programs, "orders.c"), "-o", folder["orders.wasm"]];
        Tool.Run(Toolchain.Clang, arguments);
        return File.ReadAllBytes(folder["orders.wasm"]);
    }
}
