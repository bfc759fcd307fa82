using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

public sealed class RustBindingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [RequiresToolFact(Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    public void ClosesSpansAndCutsTextWhole()
    {
        string expected = $"""
            span-enter question mark
            span-exit
            stdout: true
            span-enter turn
            span-exit
            log 4 left
            span-enter outer
            span-enter inner
            log 5 two are open
            span-exit
            span-exit
            stdout: 7
            log 3 {Long(1024)}
            log 3 {Long(1024)}
            log 3 {Long(1022)}é
            log 3 {Long(1023)}
            log 3 {Long(1021)}
            log 3 {Long(1023)}
            log 2
            span-enter tags
            span-tags key:value
            span-tags key:
            span-tags a_b_c:x;y:z
            span-tags number:42
            span-exit
            metric 1 c:-3|c
            metric 1 g:0.1|g
            metric 1 t:1.500|ms
            metric 1 set:one|s
            => return
            """;

        Assert.Equal(expected, Run(Compile()));
    }

    [RequiresToolFact(Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    public void DisabledRunsOnAnyHost()
    {
        string module = Compile("--cfg", "feature=\"disabled\"");

        Assert.Equal("stdout: true\nstdout: 7\n=> return", Run(module));
        Assert.Equal(-1, File.ReadAllBytes(module).AsSpan().IndexOf("dylibso"u8));
    }

    public void Dispose() => folder.Dispose();

    private static string Long(int length) => new('x', length);

    private static string Run(string module) =>
        RecordingHost.Run(new GuestCase("observe_binding", "", ""), module).Transcript;

    private string Compile(params string[] bindingOptions)
    {
        string binding = Path.Combine(RepositoryRoot.Path, "guests", "bindings", "rust", "src", "lib.rs");
        string program = Path.Combine(RepositoryRoot.Path, "Tests", "Guests", "Programs", "observe_binding.rs");
        string[] common = ["--edition", "2021", "--target", "wasm32-wasi", "-O", "-D", "warnings", "-C", "linker=wasm-ld"];
        Tool.Run(Toolchain.Rustc,
            [.. common, .. bindingOptions, "--crate-type", "rlib", "--crate-name", "observe", binding, "-o", folder["libobserve.rlib"]]);
        Tool.Run(Toolchain.Rustc,
            [.. common, "--extern", $"observe={folder["libobserve.rlib"]}", program, "-o", folder["module.wasm"]]);
        return folder["module.wasm"];
    }
}
