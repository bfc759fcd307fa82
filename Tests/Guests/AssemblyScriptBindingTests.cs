using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

public sealed class AssemblyScriptBindingTests : IDisposable
{
    private const string Expected = """
        span-enter return
        span-exit
        metric 1 found:1|c
        span-enter void
        span-enter return
        span-exit
        span-exit
        span-enter tags
        span-tags a_b_c:x;y:z
        span-tags text:é😀
        span-tags none:
        span-tags int:-7
        span-tags long:-9223372036854775808
        span-tags size:18446744073709551615
        span-tags float:0.5
        span-tags bool:true
        span-tags object:1:2
        span-exit
        log 1 1
        log 2 2
        log 3 3
        log 4 4
        log 5
        metric 1 c:1|c
        metric 1 c:-3|c
        metric 1 g:0.1|g
        metric 1 t:1.5|ms
        metric 1 set:one|s
        span-enter fails
        log 1 on purpose, observe_binding.ts:65:5
        => trap Unreachable
        """;

    private readonly TemporaryFolder folder = new();

    [RequiresToolTheory(Toolchain.Node, Toolchain.Asc)]
    [InlineData("-O2")]
    [InlineData("-O0")]
    public void ClosesSpansAndSendsTypedTags(string optimization) =>
        Assert.Equal(Expected, Run(Compile(optimization)));

    [RequiresToolFact(Toolchain.Node, Toolchain.Asc)]
    public void DisabledRunsOnAnyHost()
    {
        string module = Compile("-O2", "--use", "OBSERVE_DISABLED=ASC_TARGET");

        Assert.Equal("=> trap Unreachable", Run(module));
        Assert.Equal(-1, File.ReadAllBytes(module).AsSpan().IndexOf("dylibso"u8));
    }

    public void Dispose() => folder.Dispose();

    private static string Run(string module) =>
        RecordingHost.Run(new GuestCase("observe_binding", "", Expected), module).Transcript;

    /// <remarks>The compiler names files from its base folder, and looks for the binding beside the program.</remarks>
    private string Compile(params string[] options)
    {
        string root = RepositoryRoot.Path;
        File.Copy(Path.Combine(root, "guests", "bindings", "assemblyscript", "observe.ts"), folder["observe.ts"]);
        File.Copy(Path.Combine(root, "Tests", "Guests", "Programs", "observe_binding.ts"), folder["observe_binding.ts"]);
        string[] common = ["--baseDir", folder.Path, "--exportStart", "_start", "--use", "abort=observe/abort"];
        Tool.Run("node", [Path.Combine(root, Toolchain.Asc), "observe_binding.ts", .. common, .. options, "-o", "module.wasm"]);
        return folder["module.wasm"];
    }
}
