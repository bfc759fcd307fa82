using System.Diagnostics;
using System.Text.RegularExpressions;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.Observe;

/// <summary>The package as its users get it: packed, installed from a folder by a project outside the solution, with the program of its README.</summary>
public sealed partial class PackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("observe-package-");

    private string Host => root.CreateSubdirectory("host").FullName;

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task TheReadmesProgramRunsOnTheInstalledPackage()
    {
        var packages = Path.Combine(root.FullName, "packages");
        foreach (var project in (string[])["Wasm", "Observe"])
        {
            await RunAsync(RepositoryRoot.Path, "dotnet", ["pack", project, "--output", packages, "--nologo", "-p:Version=0.0.1-test", $"-p:ArtifactsPath={root.FullName}/artifacts"]);
        }

        var program = await WriteProgramAsync(packages);
        await using var receiver = await OtlpReceiver.StartAsync();
        var guest = Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "count_vowels.wasm");
        var output = await RunAsync(Host, "dotnet", ["run", guest], receiver.Url);

        // No input: no vowels.
        Assert.Contains("0\nObserveSummary { Spans = 3,", output, StringComparison.Ordinal);
        Assert.InRange(program.Split('\n').Length, 20, 40);
        // The program has ended, so what it had to tell has come.
        var ids = receiver.Spans.ToDictionary(span => span.Name);
        Assert.Equal(["count", "count_vowels", "read", "run guest"], ids.Keys.Order());
        Assert.Equal(ids["run guest"].SpanId, ids["count_vowels"].ParentSpanId);
        Assert.Equal(ids["count_vowels"].SpanId, ids["read"].ParentSpanId);
    }

    private async Task<string> WriteProgramAsync(string packages)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "Observe", "README.md"));
        var program = CSharpBlock().Match(readme).Groups["program"].Value;
        await File.WriteAllTextAsync(Path.Combine(Host, "Program.cs"), program);
        await File.WriteAllTextAsync(
            Path.Combine(Host, "nuget.config"),
            $"""
            <configuration><packageSources><add key="built" value="{packages}" /></packageSources><config><add key="globalPackagesFolder" value="{root.FullName}/installed" /></config><fallbackPackageFolders><add key="cache" value="{PackageCache}" /></fallbackPackageFolders></configuration>
            """);
        await File.WriteAllTextAsync(
            Path.Combine(Host, "host.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="WasmAspire.Observe" Version="0.0.1-test" />
                <PackageReference Include="OpenTelemetry.Exporter.OpenTelemetryProtocol" Version="1.20.1" />
              </ItemGroup>
            </Project>
            """);
        return program;
    }

    // What the tests' own build has restored already.
    private static string PackageCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task<string> RunAsync(string folder, string program, string[] arguments, string? otlp = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlp;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
        return output;
    }

    [GeneratedRegex("```csharp\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
