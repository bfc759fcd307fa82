namespace WasmAspire.Tests.StandIns;

/// <summary>The AppHost's manifest, as azd asks for it.</summary>
public sealed class ManifestTests : IDisposable
{
    // Beside the projects, so that their relative paths are the same on every machine.
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(AppHostProcess.ProjectFolder, "..", "artifacts", $"manifest-{Guid.NewGuid()}"));

    public void Dispose() => folder.Delete(recursive: true);

    [LinuxTheory]
    [InlineData("--publisher", "manifest", "--output-path", "{folder}/aspire-manifest.json")]
    [InlineData("--operation", "publish", "--publisher", "manifest", "--output-path", "{folder}")]
    public async Task ManifestIsWrittenAndNothingStarted(params string[] arguments)
    {
        using var host = new AppHostProcess(arguments: [.. arguments.Select(a => a.Replace("{folder}", folder.FullName, StringComparison.Ordinal))]);
        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, host.ExitCode);
        var path = Path.Combine(folder.FullName, "aspire-manifest.json");
        Assert.Contains($"Published manifest to: {path}", host.Output, StringComparison.Ordinal);
        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "StandIns", "aspire-manifest.json"));
        Assert.Equal(expected.TrimEnd(), await File.ReadAllTextAsync(path));
        Assert.DoesNotContain("Starting", host.Output, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("The '--output-path [path]' option was not specified even though manifest publishing was requested.", "--publisher", "manifest")]
    [InlineData("The stand-in for Aspire.Hosting has the publisher 'manifest' only, not 'docker-compose'. Use the real Aspire packages (UseStandIns=false).", "--publisher", "docker-compose")]
    public async Task WhatCannotBePublishedIsSaid(string reason, params string[] arguments)
    {
        using var host = new AppHostProcess(arguments: arguments);
        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, host.ExitCode);
        Assert.Contains($"The manifest was not written: {reason}", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }
}
