using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WasmAspire.Tests.StandIns;

public sealed class ConsoleOutputTests : IDisposable
{
    private readonly ExecutableResource redis = new("redis", "x", "/");
    private readonly ExecutableResource requester = new("requester", "x", "/");
    private readonly StringWriter console = new();

    public void Dispose() => console.Dispose();

    [Fact]
    public void LinesStandBehindTheNamesOfTheirResources()
    {
        var output = Create(colours: false);
        output.WriteLine(redis, "redis-abcdefgh", "one", isError: false);
        output.WriteLine(requester, null, "two", isError: true);
        output.Flush();

        Assert.Equal("redis     | one\nrequester ! two\n", console.ToString());
    }

    [Fact]
    public void ReplicasAreToldApart()
    {
        redis.Annotations.Add(new ReplicaAnnotation(2));
        var output = Create(colours: false);
        output.WriteLine(redis, "redis-abcdefgh", "one", isError: false);
        output.WriteLine(requester, "requester-abcdefgh", "two", isError: false);
        output.Flush();

        Assert.Equal("redis-abcdefgh | one\nrequester      | two\n", console.ToString());
    }

    [Fact]
    public void ColoursAreEachResourcesOwn()
    {
        var output = Create(colours: true);
        output.WriteLine(redis, null, "\e[32mone", isError: false);
        output.WriteLine(requester, null, "two", isError: false);
        output.Flush();

        Assert.Equal("\e[36mredis     |\e[0m \e[32mone\e[0m\n\e[33mrequester |\e[0m two\n", console.ToString());
    }

    [Fact]
    public void StatesShowAddressesHealthAndExitCodesOnce()
    {
        var output = Create(colours: false);
        var snapshot = CustomResourceSnapshot.Initial;
        Write(snapshot.WithState(KnownResourceStates.NotStarted));
        Write(snapshot = snapshot.WithState(KnownResourceStates.Starting).WithUrls([new("http", "http://localhost:5080")]).WithHealthReports([new("check", null, null)]));
        Write(snapshot = snapshot.WithState(KnownResourceStates.Running));
        Write(snapshot = snapshot.WithHealthReports([new("check", HealthStatus.Unhealthy, "not yet")]));
        Write(snapshot = snapshot.WithHealthReports([new("check", HealthStatus.Healthy, null)]));
        Write(snapshot = snapshot.WithReady(Task.CompletedTask));
        Write(snapshot = snapshot.WithHealthReports([new("check", HealthStatus.Unhealthy, "gone \e[2J")]));
        Write(snapshot.WithState(KnownResourceStates.Exited, 137));
        output.Flush();

        Assert.Equal(
            """
            requester = Starting
            requester = Running http://localhost:5080
            requester = Running http://localhost:5080, healthy
            requester = Running http://localhost:5080, unhealthy: gone ␛[2J
            requester = Exited with code 137 (SIGKILL)

            """.ReplaceLineEndings("\n"),
            console.ToString());

        void Write(CustomResourceSnapshot state) => output.WriteState(new(requester, "requester-abcdefgh", state));
    }

    [Fact]
    public async Task TerminalThatTakesNothingHoldsNobodyUpForLong()
    {
        using var blocked = new BlockedWriter();
        var output = new ConsoleOutput(new(Resources()), blocked, colours: false);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                output.WriteLine(redis, null, "line", isError: false);
            }
        });
        output.WriteState(new(redis, "redis-abcdefgh", CustomResourceSnapshot.Initial.WithState(KnownResourceStates.Running)));

        output.Flush();

        await writing.InTime();
    }

    [Fact]
    public void ClosedTerminalIsNoError()
    {
        using var closed = new ClosedWriter();
        var output = new ConsoleOutput(new(Resources()), closed, colours: false);
        output.WriteLine(redis, null, "one", isError: false);
        output.WriteLine(redis, null, "two", isError: false);
        output.Flush();

        Assert.Equal(2, closed.Attempts);
    }

    private ConsoleOutput Create(bool colours) => new(new(Resources()), console, colours);

    private ResourceCollection Resources() => [redis, requester];

    private sealed class BlockedWriter : StringWriter
    {
        private readonly ManualResetEventSlim released = new();

        public override void WriteLine(string? value) => released.Wait();

        protected override void Dispose(bool disposing)
        {
            released.Set();
            base.Dispose(disposing);
        }
    }

    private sealed class ClosedWriter : StringWriter
    {
        public int Attempts { get; private set; }

        public override void WriteLine(string? value)
        {
            Attempts++;
            throw new IOException("Input/output error");
        }
    }
}
