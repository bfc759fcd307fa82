using System.Diagnostics;

namespace WasmAspire.Tests.StandIns;

/// <summary>standins/choose.sh, with a <c>dotnet</c> that answers what a test wants.</summary>
public sealed class ChooseTests : IDisposable
{
    private const string Lacking = "error NU1101: Unable to find package Aspire.Hosting.AppHost.";
    private static readonly DateTime OldTimeStamp = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Local);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("choose-");

    public ChooseTests()
    {
        root.CreateSubdirectory("standins");
        root.CreateSubdirectory("AppHost");
        File.Copy(Path.Combine(AppHostProcess.ProjectFolder, "..", "standins", "choose.sh"), InRoot("standins/choose.sh"));
        foreach (var file in (string[])["global.json", "Directory.Packages.props", "AppHost/AppHost.csproj"])
        {
            File.WriteAllText(InRoot(file), file);
        }

        File.WriteAllText(
            InRoot("dotnet"),
            """
            #!/bin/sh
            case $1 in
              nuget) cat sources 2>/dev/null ;;
              restore) echo "$UseStandIns $NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT $2" >> restores; cat log; exit "$(cat code)" ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(InRoot("dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private string[] Restores => File.Exists(InRoot("restores")) ? File.ReadAllLines(InRoot("restores")) : [];

    public void Dispose() => root.Delete(recursive: true);

    [LinuxTheory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task EnvironmentWins(string value)
    {
        var (code, chosen, _) = await ChooseAsync(1, Lacking, value);

        Assert.Equal((0, value), (code, chosen));
        Assert.Empty(Restores);
        Assert.False(File.Exists(InRoot(".standins.props")));
    }

    [LinuxTheory]
    [InlineData(0, "Restored.", "false")]
    [InlineData(1, Lacking, "true")]
    [InlineData(1, "error NU1102: Unable to find package with version (>= 13.5.2)", "true")]
    [InlineData(1, "error NU1603: depends on … but … was not found.", "true")]
    [InlineData(1, "error MSB4236: The SDK 'Aspire.AppHost.Sdk/13.5.2' specified could not be found.", "true")]
    public async Task AnswerIsRemembered(int restoreCode, string log, string value)
    {
        var first = await ChooseAsync(restoreCode, log);
        var second = await ChooseAsync(restoreCode, log);

        Assert.Equal((0, ""), (first.Code, first.Chosen));
        Assert.Equal((0, "", ""), second);
        Assert.Equal(["false 1 AppHost"], Restores);
        Assert.Contains($"<UseStandIns Condition=\"'$(UseStandIns)' == ''\">{value}</UseStandIns>", await File.ReadAllTextAsync(InRoot(".standins.props")), StringComparison.Ordinal);
        Assert.Equal(OldTimeStamp, File.GetLastWriteTime(InRoot(".standins.props")));
    }

    [LinuxTheory]
    [InlineData("error NU1301: Unable to load the service index for source https://api.nuget.org/v3/index.json.")]
    [InlineData("Failed to retrieve information about 'Aspire.Hosting.Redis' from remote source\nerror NU1101: Unable to find package")]
    public async Task NetworkWithoutAnswerIsNotRemembered(string log)
    {
        var (code, chosen, said) = await ChooseAsync(1, log);

        Assert.Equal((0, "true"), (code, chosen));
        Assert.Contains("do not answer", said, StringComparison.Ordinal);
        Assert.False(File.Exists(InRoot(".standins.props")));
        await ChooseAsync(1, log);
        Assert.Equal(2, Restores.Length);
    }

    [LinuxFact]
    public async Task AnotherErrorIsShown()
    {
        var (code, chosen, said) = await ChooseAsync(1, "error NU1605: Detected package downgrade");

        Assert.Equal((1, ""), (code, chosen));
        Assert.Contains("error NU1605: Detected package downgrade", said, StringComparison.Ordinal);
        Assert.False(File.Exists(InRoot(".standins.props")));
    }

    [LinuxTheory]
    [InlineData("sources")]
    [InlineData("global.json")]
    [InlineData("Directory.Packages.props")]
    [InlineData("AppHost/AppHost.csproj")]
    public async Task AnswerIsForgottenWhenWhatItDependsOnChanges(string file)
    {
        await ChooseAsync(1, Lacking);
        await File.WriteAllTextAsync(InRoot(file), "changed");

        await ChooseAsync(0, "Restored.");

        Assert.Equal(2, Restores.Length);
        Assert.Contains(">false<", await File.ReadAllTextAsync(InRoot(".standins.props")), StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData(0, "Restored.", 1)]
    [InlineData(1, Lacking, 2)]
    public async Task LackIsAskedForAgainAfterADay(int restoreCode, string log, int restores)
    {
        await ChooseAsync(restoreCode, log);
        File.SetLastWriteTime(InRoot(".standins.key"), DateTime.Now.AddDays(-2));

        await ChooseAsync(restoreCode, log);
        await ChooseAsync(restoreCode, log);

        Assert.Equal(restores, Restores.Length);
        Assert.Equal(OldTimeStamp, File.GetLastWriteTime(InRoot(".standins.props")));
    }

    private string InRoot(string path) => Path.Combine(root.FullName, path);

    /// <summary>Sources choose.sh and chooses, in a shell that ends at errors; gives its code, the value of UseStandIns that programs see, and what was said.</summary>
    private async Task<(int Code, string Chosen, string Said)> ChooseAsync(int restoreCode, string log, string? useStandIns = null)
    {
        await File.WriteAllTextAsync(InRoot("code"), $"{restoreCode}");
        await File.WriteAllTextAsync(InRoot("log"), log);
        var start = new ProcessStartInfo("bash", ["-euc", "trap 'echo \"chosen $(printenv UseStandIns)\"' EXIT; . standins/choose.sh; choose_standins"])
        {
            WorkingDirectory = root.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{root.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["UseStandIns"] = useStandIns;
        using var bash = Process.Start(start)!;
        var said = bash.StandardError.ReadToEndAsync();
        var chosen = (await bash.StandardOutput.ReadToEndAsync()).Split("chosen ")[1].Trim();
        await bash.WaitForExitAsync(Patience.Token);
        return (bash.ExitCode, chosen, await said);
    }
}
