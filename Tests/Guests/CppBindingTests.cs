using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

public sealed class CppBindingTests : IDisposable
{
    private const string Expected = """
        span-enter return
        span-exit
        stdout: 1
        span-enter turn
        span-tags number:0
        span-exit
        span-enter turn
        span-tags number:1
        span-exit
        log 4 left
        span-enter first
        span-enter second
        span-enter block
        span-exit
        log 5 two are open
        span-exit
        span-exit
        span-enter tags
        span-tags text:a;b:c
        span-tags k_e_y:true
        span-tags string:kept
        span-tags view:cut
        span-tags bool:false
        span-tags int:-7
        span-tags long:-9223372036854775808
        span-tags size:18446744073709551615
        span-tags short:65535
        span-tags float:0.5
        span-tags double:0.1
        span-tags key:0123456789012345678901234567
        span-exit
        metric 1 c:1|c
        metric 1 c:-3|c
        metric 1 g:0.1|g
        metric 1 t:1.500|ms
        metric 1 t:2000.000|ms
        metric 1 set:one|s
        log 3 still alive
        metric 1 lived:#|ms
        => return
        """;

    private readonly TemporaryFolder folder = new();

    [RequiresToolTheory(Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi)]
    [InlineData("c++17", "-O2")]
    [InlineData("c++17", "-O0")]
    [InlineData("c++20", "-O2")]
    public void ClosesSpansAndSendsTypedTags(string standard, string optimization)
    {
        string module = Compile("observe_binding.cpp", [.. Wasm, $"-std={standard}", optimization]);

        Assert.Equal(Expected, RecordingHost.Run(Binding, module).Transcript);
    }

    [RequiresToolFact(Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi)]
    public void DisabledRunsOnAnyHost()
    {
        string module = Compile("observe_binding.cpp", [.. Wasm, "-std=c++17", "-O2", "-DOBSERVE_DISABLED"]);

        Assert.Equal("stdout: 1\n=> return", RecordingHost.Run(Binding, module).Transcript);
        Assert.Equal(-1, File.ReadAllBytes(module).AsSpan().IndexOf("dylibso"u8));
    }

    /// <remarks>With exceptions, so for the machine: see the program's first lines.</remarks>
    [RequiresToolFact(Toolchain.ClangXx)]
    public void AnExceptionClosesSpans()
    {
        string program = Compile(
            "observe_exception.cpp", "-std=c++17", "-D__wasm__", "-Wno-unknown-attributes", "-Wno-ignored-attributes");

        (int exitCode, string output) = Tool.TryRun(program, []);

        Assert.Equal("""
            span-enter outer
            span-enter inner
            span-tags fails:true
            span-exit
            span-exit
            log 1 on purpose

            """, output);
        Assert.Equal(0, exitCode);
    }

    [RequiresToolTheory(Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi)]
    [InlineData("observe::span(\"closed at once\");", "ignoring temporary")]
    [InlineData("observe::timer(\"closed at once\");", "ignoring temporary")]
    [InlineData("delete new observe::span(\"never closed\");", "deleted function 'operator new'")]
    [InlineData("observe::span a(\"a\"); observe::span b(std::move(a));", "call to deleted constructor")]
    public void ASpanThatWouldCloseAtTheWrongTimeDoesNotCompile(string statement, string error)
    {
        File.WriteAllText(folder["wrong.cpp"], $"#include <utility>\n#include \"observe.hpp\"\nint main() {{ {statement} }}\n");

        (int exitCode, string said) = Tool.TryRun("clang++", [.. Wasm, .. Common, folder["wrong.cpp"], "-o", folder["wrong"]]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static GuestCase Binding => new("observe_binding", "", Expected) { Varying = @"(?<=lived:)\d+\.\d{3}(?=\|ms)" };

    private static string[] Wasm => ["--target=wasm32-wasi", "-fno-exceptions", "-fno-rtti"];

    private static string[] Common =>
    [
        "-Wall", "-Wextra", "-Wpedantic", "-Werror",
        "-I", Path.Combine(RepositoryRoot.Path, "guests", "bindings", "c"),
        "-I", Path.Combine(RepositoryRoot.Path, "guests", "bindings", "cpp"),
    ];

    private string Compile(string program, params string[] options)
    {
        string source = Path.Combine(RepositoryRoot.Path, "Tests", "Guests", "Programs", program);
        Tool.Run("clang++", [.. Common, .. options, source, "-o", folder["module"]]);
        return folder["module"];
    }
}
