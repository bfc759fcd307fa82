using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

public sealed class CBindingTests : IDisposable
{
    private const string Expected = """
        span-enter return
        span-exit
        stdout: 1
        span-enter turn
        span-exit
        span-enter turn
        span-exit
        log 4 left
        span-enter first
        span-enter second
        span-enter block
        span-exit
        log 5 two are open
        span-exit
        span-exit
        log 3 0123456789abcde
        log 3 0123456789abcde
        log 3 0123456789abcé
        log 3 0123456789abcd
        log 3 0123456789abc
        log 3 0123456789ab
        log 3 0123456789😀x
        log 3
        log 3
        log 2 as long as it is: 0123456789
        span-enter tags
        span-tags k:0123456789abcd
        span-tags k:0123456789abc
        span-tags k:
        span-tags a_b_c:x;y:z
        span-tags n:1;2
        span-tags k:0123456789ab
        span-tags a key that fills
        span-exit
        metric 1 c:-3|c
        metric 1 g:0.1|g
        metric 1 t:1.500|ms
        metric 1 set:one|s
        span-enter by hand
        span-exit
        => return
        """;

    private readonly TemporaryFolder folder = new();

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [InlineData("c", "c99", "-O2")]
    [InlineData("c", "c99", "-O0")]
    [InlineData("c++", "c++11", "-O2")]
    public void ClosesSpansAndCutsTextWhole(string language, string standard, string optimization)
    {
        string module = Compile(Program, "-x", language, $"-std={standard}", optimization, "-fno-exceptions");

        Assert.Equal(Expected, RecordingHost.Run(Binding, module).Transcript);
    }

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [InlineData("c", "c99")]
    [InlineData("c++", "c++11")]
    public void DisabledRunsOnAnyHost(string language, string standard)
    {
        string module = Compile(Program, "-x", language, $"-std={standard}", "-O2", "-DOBSERVE_DISABLED");

        Assert.Equal("stdout: 1\n=> return", RecordingHost.Run(Binding, module).Transcript);
        Assert.Equal(-1, File.ReadAllBytes(module).AsSpan().IndexOf("dylibso"u8));
    }

    [RequiresToolFact(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    public void UnusedCostsNothing()
    {
        File.WriteAllText(folder["empty.c"], "int main(void) { return 0; }\n");

        byte[] without = File.ReadAllBytes(Compile(folder["empty.c"], "-O2"));
        byte[] with = File.ReadAllBytes(Compile(folder["empty.c"], "-O2", "-include", "observe.h"));

        Assert.Equal(without, with);
    }

    public void Dispose() => folder.Dispose();

    private static GuestCase Binding => new("observe_binding", "", Expected);

    private static string Program =>
        Path.Combine(RepositoryRoot.Path, "Tests", "Guests", "Programs", "observe_binding.c");

    private string Compile(string source, params string[] options)
    {
        string include = Path.Combine(RepositoryRoot.Path, "guests", "bindings", "c");
        string[] common = ["--target=wasm32-wasi", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", include];
        Tool.Run("clang", [.. common, .. options, source, "-o", folder["module.wasm"]]);
        return folder["module.wasm"];
    }
}
