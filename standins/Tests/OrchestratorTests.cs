using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WasmAspire.Tests.StandIns;

public sealed class OrchestratorTests
{
    [LinuxTheory]
    [InlineData("exit 0", "Finished", 0)]
    [InlineData("exit 3", "Exited", 3)]
    [InlineData("kill -KILL $$", "Exited", 137)]
    public async Task EndOfAProcessIsItsState(string script, string state, int code)
    {
        await using var test = TestApplication.Create(builder => Add(builder, "job", script));

        await test.App.StartAsync(Patience.Token);
        await test.App.ResourceNotifications.WaitForResourceAsync("job", state, Patience.Token);

        Assert.True(test.App.ResourceNotifications.TryGetCurrentState("job", out var current));
        Assert.Equal(code, current.Snapshot.ExitCode);
        Assert.StartsWith("job-", current.ResourceId, StringComparison.Ordinal);
        Assert.Equal(["job = NotStarted", "job = Starting", "job = Running", $"job = {state} {code}"], test.Output.Entries.Where(e => e.Contains('=', StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task ResourcesStopAfterThoseThatUseThem()
    {
        var test = TestApplication.Create(builder =>
        {
            var c = Add(builder, "c", Scripts.Service);
            var b = Add(builder, "b", Scripts.Service).WaitFor(c);
            Add(builder, "a1", Scripts.Service).WaitFor(b);
            Add(builder, "a2", Scripts.Service).WaitFor(b);
        });
        await test.App.StartAsync(Patience.Token);
        foreach (var name in (string[])["a1", "a2", "b", "c"])
        {
            await test.Output.WaitForAsync($"{name} | up");
        }

        await test.DisposeAsync();

        var ends = test.Output.Entries.Where(e => e.EndsWith("down", StringComparison.Ordinal) || e.EndsWith("Exited 0", StringComparison.Ordinal)).ToArray();
        Assert.Equal(8, ends.Length);
        Assert.Equal(["a1 = Exited 0", "a1 | down", "a2 = Exited 0", "a2 | down"], ends[..4].Order(StringComparer.Ordinal));
        Assert.Equal(["b | down", "b = Exited 0", "c | down", "c = Exited 0"], ends[4..]);
    }

    [LinuxFact]
    public async Task StubbornResourcesAreGoneWithinTenSeconds()
    {
        var marker = Guid.NewGuid().ToString();
        var test = TestApplication.Create(builder =>
        {
            var c = Add(builder, "c", Scripts.Stubborn).WithEnvironment("STUBBORN_TEST", marker);
            var b = Add(builder, "b", Scripts.Stubborn).WithEnvironment("STUBBORN_TEST", marker).WaitFor(c);
            Add(builder, "a", Scripts.Stubborn).WithEnvironment("STUBBORN_TEST", marker).WaitFor(b);
        });
        await test.App.StartAsync(Patience.Token);
        await test.Output.WaitForAsync("a | up");

        await test.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await Patience.Until(() => ProcFileSystem.FindByEnvironment("STUBBORN_TEST", marker).Count == 0, () => "Processes are left.");
        Assert.Equal(["a = Exited 137", "b = Exited 137", "c = Exited 137"], test.Output.Entries.Where(e => e.Contains("Exited", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task WaitingResourceStartsWhenItsDependencyIsHealthy()
    {
        var healthy = false;
        await using var test = TestApplication.Create(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("gate", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("closed"));
            var slow = Add(builder, "slow", Scripts.Service).WithHealthCheck("gate");
            Add(builder, "waiter", Scripts.Service).WaitFor(slow);
        });
        var started = test.App.StartAsync(Patience.Token);
        await test.Output.WaitForAsync("waiter | Waiting for resource 'slow' to enter the 'Running' state.");
        var unhealthy = await test.App.ResourceNotifications.WaitForResourceAsync("slow", e => e.Snapshot.HealthReports.Any(r => r.Status == HealthStatus.Unhealthy), Patience.Token);
        Assert.Equal("closed", unhealthy.Snapshot.HealthReports.Single().Description);
        Assert.False(started.IsCompleted);
        Assert.True(test.App.ResourceNotifications.TryGetCurrentState("waiter", out var waiter));
        Assert.Equal(KnownResourceStates.Waiting, waiter.Snapshot.State?.Text);

        healthy = true;

        await started.InTime();
        await test.Output.WaitForAsync("waiter | up");
        var ready = await test.App.ResourceNotifications.WaitForResourceHealthyAsync("slow", Patience.Token);
        Assert.Equal(HealthStatus.Healthy, ready.Snapshot.HealthStatus);
        Assert.Contains("waiter | Finished waiting for resource 'slow'.", test.Output.Entries);
    }

    [LinuxTheory]
    [InlineData("exit 4", "it entered the 'Exited' state prematurely")]
    [InlineData("exit 0", "it entered the 'Finished' state prematurely")]
    [InlineData(null, "it failed to start")]
    public async Task DependencyThatIsGoneFailsItsWaiters(string? script, string reason)
    {
        await using var test = TestApplication.Create(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
            var gone = (script is null ? builder.AddExecutable("gone", "no-such-program", "/tmp") : Add(builder, "gone", script)).WithHealthCheck("never");
            var waiter = Add(builder, "waiter", Scripts.Service).WaitFor(gone);
            Add(builder, "last", Scripts.Service).WaitFor(waiter);
            Add(builder, "other", Scripts.Service);
        });

        await test.App.StartAsync(Patience.Token);

        await test.Output.WaitForAsync("other | up");
        Assert.Contains($"waiter ! Failed to create resource waiter: Resource 'waiter' stopped waiting for dependency resource 'gone' because {reason}.", test.Output.Entries);
        Assert.Contains("last ! Failed to create resource last: Resource 'last' stopped waiting for dependency resource 'waiter' because it failed to start.", test.Output.Entries);
        Assert.Contains("waiter = FailedToStart", test.Output.Entries);
        Assert.DoesNotContain("waiter = Running", test.Output.Entries);
        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => test.App.ResourceNotifications.WaitForResourceHealthyAsync("waiter", Patience.Token));
        Assert.Equal("Stopped waiting for resource 'waiter' to become healthy because it failed to start.", e.Message);
    }

    [LinuxFact]
    public async Task ProgramThatIsNotThereFailsToStart()
    {
        await using var test = TestApplication.Create(builder =>
        {
            builder.AddExecutable("by-name", "no-such-program", "/tmp");
            builder.AddExecutable("by-path", "./no-such-program", "/tmp");
            builder.AddExecutable("no-folder", "sh", "/no/such/folder");
        });

        await test.App.StartAsync(Patience.Token);

        Assert.Contains("by-name ! Failed to create resource by-name: The program 'no-such-program' is not on the PATH.", test.Output.Entries);
        Assert.Contains("by-path ! Failed to create resource by-path: The program '/tmp/no-such-program' does not exist, or is not executable.", test.Output.Entries);
        Assert.Contains("no-folder ! Failed to create resource no-folder: The working directory '/no/such/folder' does not exist.", test.Output.Entries);
    }

    [LinuxFact]
    public async Task ContainerSaysWhatItNeeds()
    {
        await using var test = TestApplication.Create(builder => builder.AddRedis("cache"));

        await test.App.StartAsync(Patience.Token);

        Assert.Contains("cache ! Failed to create resource cache: 'cache' is a container, and this stand-in for Aspire.Hosting starts none. Use the real Aspire packages (UseStandIns=false) and a container runtime, or install redis-server, or set ConnectionStrings:cache.", test.Output.Entries);
        Assert.Contains("cache = FailedToStart", test.Output.Entries);
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TakenPortFailsItsResourceAlone(bool isProxied)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var test = TestApplication.Create(builder =>
        {
            Add(builder, "unlucky", Scripts.Service).WithHttpEndpoint(port: port, isProxied: isProxied);
            Add(builder, "other", Scripts.Service).WithHttpEndpoint(isProxied: isProxied);
        });

        await test.App.StartAsync(Patience.Token);

        await test.Output.WaitForAsync("other | up");
        Assert.Contains($"unlucky ! Failed to create resource unlucky: Port {port} of the endpoint 'http' of 'unlucky' is in use by another program. Stop that program, or choose another port. The other resources go on without 'unlucky'.", test.Output.Entries);
        Assert.DoesNotContain("unlucky = Starting", test.Output.Entries);
        Assert.Equal("unlucky = FailedToStart", test.Output.Entries.Last(e => e.StartsWith("unlucky =", StringComparison.Ordinal)));
    }

    [LinuxFact]
    public async Task ConnectionStringIsAvailableBeforeItsResourceStarts()
    {
        string? seen = null;
        string? handedOn = null;
        RecordingOutput? output = null;
        await using var test = TestApplication.Create(builder =>
        {
            var database = new Database("database");
            var added = builder.AddResource(database).WithArgs("-c", Scripts.Service).WithEndpoint(name: "tcp", isProxied: false);
            builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(database, async (_, cancellation) =>
            {
                Assert.DoesNotContain("database = Running", output!.Entries);
                seen = await ((IResourceWithConnectionString)database).GetConnectionStringAsync(cancellation);
            });
            Add(builder, "user", "echo $ConnectionStrings__database; " + Scripts.Service).WithReference(added).WaitFor(added);
        });
        output = test.Output;

        await test.App.StartAsync(Patience.Token);
        handedOn = await test.Output.WaitForAsync(e => e.StartsWith("user | localhost:", StringComparison.Ordinal));

        Assert.Matches("^localhost:[0-9]+,password=x$", seen);
        Assert.Equal($"user | {seen}", handedOn);
    }

    [LinuxFact]
    public async Task CallbackThatThrowsFailsItsResourceAlone()
    {
        await using var test = TestApplication.Create(builder =>
        {
            Add(builder, "bad", Scripts.Service).WithEnvironment(_ => throw new InvalidOperationException("no luck"));
            Add(builder, "other", Scripts.Service);
        });

        await test.App.StartAsync(Patience.Token);

        await test.Output.WaitForAsync("other | up");
        Assert.Contains("bad ! Failed to create resource bad: no luck", test.Output.Entries);
    }

    [LinuxFact]
    public async Task StopWhileResourcesWaitLeavesNothingRunning()
    {
        var marker = Guid.NewGuid().ToString();
        var test = TestApplication.Create(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
            var slow = Add(builder, "slow", Scripts.Service).WithHealthCheck("never").WithEnvironment("STOP_TEST", marker);
            Add(builder, "waiter", Scripts.Service).WaitFor(slow);
        });
        var started = test.App.StartAsync(CancellationToken.None);
        await test.Output.WaitForAsync("slow | up");
        await test.Output.WaitForAsync("waiter = Waiting");

        await test.DisposeAsync().AsTask().InTime();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => started.InTime());
        await Patience.Until(() => ProcFileSystem.FindByEnvironment("STOP_TEST", marker).Count == 0, () => "Processes are left.");
    }

    [Fact]
    public async Task HealthCheckThatNobodyRegisteredStopsTheStart()
    {
        await using var test = TestApplication.Create(builder => Add(builder, "a", Scripts.Service).WithHealthCheck("missing"));

        var e = await Assert.ThrowsAnyAsync<Exception>(() => test.App.StartAsync(Patience.Token));

        Assert.Contains("A health check registration is missing.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAreCheckedAndUnique()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddExecutable("a", "sh", "/tmp");

        Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("A", "sh", "/tmp"));
        Assert.Throws<ArgumentException>(() => builder.AddExecutable("a--b", "sh", "/tmp"));
        Assert.Throws<ArgumentException>(() => builder.AddExecutable("-a", "sh", "/tmp"));
        Assert.Throws<ArgumentException>(() => builder.AddExecutable(new string('a', 65), "sh", "/tmp"));
    }

    private static IResourceBuilder<ExecutableResource> Add(IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", "/tmp", "-c", script);

    private sealed class Database : ExecutableResource, IResourceWithConnectionString
    {
        public Database(string name)
            : base(name, "sh", "/tmp") => Endpoint = new(this, "tcp");

        public EndpointReference Endpoint { get; }

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}:{Endpoint.Property(EndpointProperty.Port)},password={"x"}");
    }
}
