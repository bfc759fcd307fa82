using WasmAspire.Tests.Guests;

namespace WasmAspire.Tests.Cli;

/// <summary>The command as its users get it: packed, and installed as a dotnet tool.</summary>
public sealed class ToolPackageTests
{
    [Fact]
    public void TheInstalledToolInstruments()
    {
        using var folder = new TemporaryFolder();
        Tool.Run("dotnet", "pack", Path.Combine(RepositoryRoot.Path, "Cli"), "--output", folder["packages"], "--nologo", "-p:Version=0.0.1-test", $"-p:ArtifactsPath={folder["artifacts"]}");
        Tool.Run("dotnet", "tool", "install", "WasmAspire.Cli", "--version", "0.0.1-test", "--add-source", folder["packages"], "--tool-path", folder["tools"]);

        var guest = Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "exit_code.wasm");
        var run = Wasmaspire.Start(Path.Combine(folder["tools"], "wasmaspire"), ["instrument", guest, "-o", folder["out.wasm"]], []);
        var inspected = Wasmaspire.Start(Path.Combine(folder["tools"], "wasmaspire"), ["inspect", folder["out.wasm"]], []);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("instrumented wasmaspire-instrument 0.0.1-test\n", inspected.Output, StringComparison.Ordinal);
    }
}
