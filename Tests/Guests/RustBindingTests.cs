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
            span-enter amount
            span-tags self.id:3
            span-tags order.note:x
            span-exit
            stdout: true
            span-enter loop
            span-exit
            span-enter from_a_macro
            span-exit
            stdout: 10
            span-enter another name
            span-tags text:ab
            span-tags length:2
            span-exit
            stdout: 2
            span-enter tagged
            span-tags order.note:x
            span-tags order.id:3
            span-tags http.method:GET
            span-tags sum:2
            span-enter plain
            span-exit
            span-enter inner
            span-tags owned:kept
            span-enter closed at once
            span-tags owned:kept
            span-exit
            stdout: kept
            span-exit
            span-exit
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

        Assert.Equal("""
            stdout: true
            stdout: 7
            stdout: true
            stdout: 10
            stdout: 2
            stdout: kept
            => return
            """, Run(module));
        Assert.Equal(-1, File.ReadAllBytes(module).AsSpan().IndexOf("dylibso"u8));
    }

    [RequiresToolTheory(Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    [InlineData("#[instrument] struct Order;", "#[instrument] is for functions")]
    [InlineData("#[instrument] type Action = fn(i32);", "#[instrument] is for functions")]
    [InlineData("#[instrument] async fn load() {}", "#[instrument] is not for async functions")]
    [InlineData("#[instrument] const fn seven() -> i32 { 7 }", "#[instrument] is not for const functions")]
    [InlineData("trait Load { #[instrument] fn load(); }", "#[instrument] is for functions with a body")]
    [InlineData("fn load() { observe::span!(\"load\"); }", "unused `Span` that must be used")]
    public void WhatWouldMeasureNothingDoesNotCompile(string item, string error)
    {
        BuildBinding();
        File.WriteAllText(folder["wrong.rs"], $"#![allow(dead_code, unused_imports)]\nuse observe::instrument;\n{item}\nfn main() {{}}\n");

        (int exitCode, string said) = Tool.TryRun(
            Toolchain.Rustc, [.. ForGuests, .. WithBinding, folder["wrong.rs"], "-o", folder["wrong.wasm"]]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"error: {error}\n", said, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Long(int length) => new('x', length);

    private static string Run(string module) =>
        RecordingHost.Run(new GuestCase("observe_binding", "", ""), module).Transcript;

    private string Compile(params string[] bindingOptions)
    {
        BuildBinding(bindingOptions);
        string program = Path.Combine(RepositoryRoot.Path, "Tests", "Guests", "Programs", "observe_binding.rs");
        Tool.Run(Toolchain.Rustc, [.. ForGuests, .. WithBinding, program, "-o", folder["module.wasm"]]);
        return folder["module.wasm"];
    }

    /// <summary>The crate, and the one with its attribute, which runs in the compiler.</summary>
    private void BuildBinding(params string[] options)
    {
        string crates = Path.Combine(RepositoryRoot.Path, "guests", "bindings", "rust");
        string attribute = folder["libobserve_instrument.so"];
        Tool.Run(Toolchain.Rustc,
            "--edition", "2021", "-D", "warnings", "--crate-type", "proc-macro", "--crate-name", "observe_instrument",
            "--extern", "proc_macro", Path.Combine(crates, "instrument", "src", "lib.rs"), "-o", attribute);
        Tool.Run(Toolchain.Rustc,
            [.. ForGuests, .. options, "--crate-type", "rlib", "--crate-name", "observe",
                "--extern", $"observe_instrument={attribute}", Path.Combine(crates, "src", "lib.rs"), "-o", folder["libobserve.rlib"]]);
    }

    private static string[] ForGuests =>
        ["--edition", "2021", "--target", "wasm32-wasi", "-O", "-D", "warnings", "-C", "linker=wasm-ld"];

    private string[] WithBinding => ["--extern", $"observe={folder["libobserve.rlib"]}", "-L", folder.Path];
}
