using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace WasmAspire.Tests.StandIns;

/// <summary>The real AppHost, ended in every way there is: nothing of it may live on.</summary>
public sealed class AppHostProcessTests
{
    private const string Started = "Distributed application started. Press Ctrl+C to shut down.";
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    [RedisTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task SignalStopsEverythingInOrder(string signal)
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync(Started);
        // The host itself, guard and watcher and program of five processes.
        Assert.True(host.Members().Count >= 16, host.Describe());

        host.Signal(signal);
        await host.WaitForExitAsync(StopTime);

        Assert.Equal(0, host.ExitCode);
        await Patience.Until(() => host.Members().Count == 0, host.Describe);
        var ends = host.Output.Split('\n').Where(line => line.Contains("= Exited with code ", StringComparison.Ordinal)).Select(line => line.Split('=')[0].Trim().Split('-')[0]).ToArray();
        Assert.Equal(["computenode", "computenode", "requester"], ends[..3].Order(StringComparer.Ordinal));
        Assert.Equal(["redis", "aspire"], ends[3..]);
    }

    [RedisFact]
    public async Task KilledHostLeavesNothing()
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync(Started);

        host.Signal("KILL");

        await Patience.Until(() => host.Members().Count == 0, host.Describe);
    }

    [RedisTheory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public async Task HostThatEndsWhileItStartsLeavesNothing(string signal)
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync("redis = Starting");

        host.Signal(signal);
        await host.WaitForExitAsync(StopTime);

        await Patience.Until(() => host.Members().Count == 0, host.Describe);
    }

    [RedisFact]
    public async Task SecondSignalDoesNotDisturbTheFirst()
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync(Started);

        host.Signal("INT");
        await host.WaitForLineAsync("= Stopping");
        host.Signal("INT");
        await host.WaitForExitAsync(StopTime);

        Assert.Equal(0, host.ExitCode);
        await Patience.Until(() => host.Members().Count == 0, host.Describe);
        Assert.Contains("redis = Exited with code 0", host.Output, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task CtrlCInATerminalReachesTheChildrenThroughTheHostAlone()
    {
        using var host = new AppHostProcess(["script", "-qfec", "exec {apphost}", "/dev/null"]);
        await host.WaitForLineAsync(Started);

        await host.Input.WriteAsync("\x03");
        await host.Input.FlushAsync();
        await host.WaitForExitAsync(StopTime);

        Assert.Equal(0, host.ExitCode);
        await Patience.Until(() => host.Members().Count == 0, host.Describe);
        Assert.Contains("Received SIGTERM", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Received SIGINT", host.Output, StringComparison.Ordinal);
        // A terminal: colours.
        Assert.Contains("\e[36mredis =\e[0m Running", host.Output, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task ClosedTerminalStopsEverything()
    {
        using var host = new AppHostProcess(["script", "-qfec", "exec {apphost}", "/dev/null"]);
        await host.WaitForLineAsync(Started);

        // script is the terminal's other end.
        host.Signal("KILL");

        await Patience.Until(() => host.Members().Count == 0, host.Describe);
    }

    [RedisFact]
    public async Task HostThatIsToOutliveItsTerminalDoes()
    {
        using var host = new AppHostProcess(["sh", "-c", "trap '' HUP; exec {apphost}"]);
        await host.WaitForLineAsync(Started);

        host.Signal("HUP");
        host.Signal("TERM");
        await host.WaitForExitAsync(StopTime);

        Assert.Equal(0, host.ExitCode);
    }

    [RedisFact]
    public async Task ClosedStandardInputIsNoObstacle()
    {
        using var host = new AppHostProcess(["sh", "-c", "exec {apphost} <&-"]);
        await host.WaitForLineAsync("requester = Running", ", healthy");

        host.Signal("TERM");
        await host.WaitForExitAsync(StopTime);

        Assert.Equal(0, host.ExitCode);
        await Patience.Until(() => host.Members().Count == 0, host.Describe);
    }

    [RedisFact]
    public async Task ProcessThatDiesIsShownAndNotStartedAgain()
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync(Started);
        var redis = int.Parse(Regex.Match(host.Output, "pid=([0-9]+), just started").Groups[1].Value, CultureInfo.InvariantCulture);

        Signals.Send(redis, "KILL");

        await host.WaitForLineAsync("redis = Exited with code 137 (SIGKILL)");
        Assert.Single(host.Output.Split('\n'), line => line.Contains("redis = Running tcp://", StringComparison.Ordinal) && !line.Contains("healthy", StringComparison.Ordinal));
        host.Signal("TERM");
        await host.WaitForExitAsync(StopTime);
        Assert.Equal(0, host.ExitCode);
    }

    [RedisFact]
    public async Task DashboardsDeathIsNotTheApplications()
    {
        using var host = new AppHostProcess();
        var login = await host.WaitForLineAsync("Login to the dashboard at ");
        Assert.Matches("Login to the dashboard at http://localhost:[0-9]+/login\\?t=[0-9a-f]{32}$", login);
        await host.WaitForLineAsync("requester = Running", ", healthy");
        var dashboard = host.Members().Single(pid => ProcFileSystem.ReadCommandLine(pid) is [_, var program] && program.EndsWith("Aspire.Dashboard.dll", StringComparison.Ordinal));

        Signals.Send(dashboard, "KILL");
        await host.WaitForLineAsync("aspire-dashboard = Exited with code 137 (SIGKILL)");

        host.Signal("TERM");
        await host.WaitForExitAsync(StopTime);
        Assert.Equal(0, host.ExitCode);
        Assert.Contains("requester = Exited", host.Output, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task TakenPortOfTheDashboardIsNamedAndTheApplicationGoesOn()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = new AppHostProcess(dashboardUrl: $"http://localhost:{port}");

        await host.WaitForLineAsync($"Port {port} of the endpoint 'http' of 'aspire-dashboard' is in use by another program. Stop that program, or choose another port (ASPNETCORE_URLS). The other resources go on without 'aspire-dashboard'.");
        await host.WaitForLineAsync("requester = Running", ", healthy");
        await host.WaitForLineAsync(Started);
        Assert.Contains("aspire-dashboard = FailedToStart", host.Output, StringComparison.Ordinal);
        host.Signal("KILL");
        await Patience.Until(() => host.Members().Count == 0, host.Describe);
    }

    [RedisFact]
    public async Task KeysAreNeitherOnCommandLinesNorInTheOutput()
    {
        using var host = new AppHostProcess();
        await host.WaitForLineAsync("Login to the dashboard at ");
        await host.WaitForLineAsync(Started);

        var environments = host.Members().Select(ProcFileSystem.ReadEnvironment).ToArray();
        var keys = environments.SelectMany(e => e.Where(v => v.Key.EndsWith("KEY", StringComparison.Ordinal) && v.Key.StartsWith("DASHBOARD__", StringComparison.Ordinal)).Select(v => v.Value))
            .Concat(environments.SelectMany(e => e.Where(v => v.Key == "ConnectionStrings__redis").Select(v => v.Value.Split("password=")[1].Split(',')[0])))
            .Distinct().ToArray();
        Assert.Equal(3, keys.Length);
        var token = environments.Select(e => e.GetValueOrDefault("DASHBOARD__FRONTEND__BROWSERTOKEN")).OfType<string>().Distinct().Single();
        foreach (var pid in host.Members())
        {
            var commandLine = string.Join(' ', ProcFileSystem.ReadCommandLine(pid));
            Assert.All(keys.Append(token), key => Assert.DoesNotContain(key, commandLine, StringComparison.Ordinal));
        }

        Assert.All(keys, key => Assert.DoesNotContain(key, host.Output, StringComparison.Ordinal));
        Assert.Single(host.Output.Split('\n'), line => line.Contains(token, StringComparison.Ordinal));
    }
}
