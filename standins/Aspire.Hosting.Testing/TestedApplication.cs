using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The application as a test sees it: the entry point starts and stops it, this waits for it and asks it to.</summary>
internal sealed class TestedApplication(ObservedHost host, SuspendedEntryPoint entryPoint) : DistributedApplication(host)
{
    /// <summary>An application has 10 s to stop; an entry point may do more, but not hold the tests up.</summary>
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(20);

    // Taken now: the entry point disposes the services when it ends.
    private readonly IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();

    public override Task StartAsync(CancellationToken cancellationToken = default) => host.Started.WaitAsync(cancellationToken);

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        await entryPoint.Exited.WaitAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken = default)
    {
        lifetime.StopApplication();
        return entryPoint.Exited.WaitAsync(ExitTime, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync();
    }

    public override void Dispose()
    {
        StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        base.Dispose();
    }
}
