namespace WasmAspire.Tests.StandIns;

/// <summary>run.sh, told to stop in every way: nothing it has started may live on for longer than 10 s.</summary>
public sealed class RunScriptTests
{
    private const string Started = "Distributed application started. Press Ctrl+C to shut down.";
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    [RedisTheory]
    [InlineData("INT", false)]
    [InlineData("TERM", false)]
    [InlineData("INT", true)]
    [InlineData("TERM", true)]
    public async Task ASignalToTheScriptOrItsGroupStopsTheApplication(string signal, bool group)
    {
        using var script = Start();
        await script.WaitForLineAsync(Started);

        Stop(script, signal, group);
        await script.WaitForExitAsync(StopTime);

        Assert.Equal(0, script.ExitCode);
        await Patience.Until(() => script.Members().Count == 0, script.Describe);
    }

    [RedisTheory]
    [InlineData("INT", false, 130)]
    [InlineData("TERM", false, 143)]
    [InlineData("INT", true, 130)]
    [InlineData("TERM", true, 143)]
    public async Task ASignalDuringTheBuildStopsTheBuild(string signal, bool group, int exitCode)
    {
        using var script = Start();
        await script.WaitForLineAsync("Building");

        Stop(script, signal, group);
        await script.WaitForExitAsync(StopTime);

        Assert.Equal(exitCode, script.ExitCode);
        await Patience.Until(() => script.Members().Count == 0, script.Describe);
    }

    [RedisFact]
    public async Task TheBuildLeavesNoServerBehind()
    {
        using var script = Start();
        await script.WaitForLineAsync(Started);

        var programs = script.Members().Select(pid => string.Join(' ', ProcFileSystem.ReadCommandLine(pid))).ToList();

        Assert.DoesNotContain(programs, program => program.Contains("MSBuild", StringComparison.OrdinalIgnoreCase) || program.Contains("VBCSCompiler", StringComparison.Ordinal));
        Assert.Contains("requester  http://localhost:5080", script.Output, StringComparison.Ordinal);
    }

    /// <summary>As a script in the background does it: SIGINT ignored, stdin closed, no terminal, a session of its own.</summary>
    private static AppHostProcess Start() => new(
    [
        "env",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:0",
        "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://localhost:0",
        "setsid",
        "sh",
        "-c",
        $"trap '' INT; exec '{RepositoryRoot.Path}/run.sh' <&-",
    ]);

    private static void Stop(AppHostProcess script, string signal, bool group)
    {
        if (group)
        {
            script.SignalGroup(signal);
        }
        else
        {
            script.Signal(signal);
        }
    }
}
