namespace WasmAspire.Tests.Guests;

/// <summary>What building guests needs, as Debian installs it; for the RequiresTool attributes.</summary>
internal static class Toolchain
{
    public const string Bash = "bash";
    public const string Clang = "clang";
    public const string ClangXx = "clang++";
    public const string WasmLd = "wasm-ld";
    public const string WasiLibc = "/usr/lib/wasm32-wasi/libc.a";
    public const string LibCxx = "/usr/lib/wasm32-wasi/libc++.a";
    public const string LibCxxAbi = "/usr/lib/wasm32-wasi/libc++abi.a";
    public const string Rustc = "/usr/bin/rustc";
    public const string RustStd = "/usr/lib/rustlib/wasm32-wasi";
    public const string Wat2Wasm = "wat2wasm";
    public const string Node = "node";

    /// <summary>The AssemblyScript compiler as <c>npm ci</c> installs it, which test.sh and guests/build.sh do.</summary>
    public const string Asc = "guests/bindings/assemblyscript/node_modules/assemblyscript/bin/asc.js";
}
