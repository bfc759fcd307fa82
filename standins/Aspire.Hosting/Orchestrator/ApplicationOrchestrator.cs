using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts the application's resources and stops them in order.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    IResourceOutput output,
    AppHostProject project,
    IHostEnvironment environment,
    IServiceProvider services,
    ILogger<DistributedApplication> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();
    private readonly List<ResourceRunner> runners = [];
    private Task starting = Task.CompletedTask;
    private Task? stopped;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Log.Starting(logger);
        Log.AppHostDirectory(logger, project.Directory ?? environment.ContentRootPath);
        return Task.CompletedTask;
    }

    /// <summary>Returns when every resource has been started or has failed: a resource that waits is waited for.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The stand-in for Aspire.Hosting supervises its processes by POSIX means. On Windows use the real Aspire packages (UseStandIns=false).");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        notifications.Updated += output.WriteState;
        AnnounceParameters();
        lock (sync)
        {
            stopping.Token.ThrowIfCancellationRequested();
            runners.AddRange(model.Resources.Where(ResourceLauncher.CanStart)
                .Select(resource => ActivatorUtilities.CreateInstance<ResourceRunner>(services, resource)));
            runners.ForEach(runner => runner.Announce());
            runners.ForEach(runner => runner.AllocateEndpoints());
            starting = Task.WhenAll(runners.Select(runner => runner.StartAsync(either.Token)));
        }

        await starting;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Log.Started(logger);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => StopOnceAsync();

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops what runs where the host has not: it does not, when its start was cancelled.</summary>
    public async ValueTask DisposeAsync() => await StopOnceAsync();

    private Task StopOnceAsync()
    {
        lock (sync)
        {
            return stopped ??= StopCoreAsync();
        }
    }

    private async Task StopCoreAsync()
    {
        await stopping.CancelAsync();
        // Every process that was being started is known when this has ended.
        await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await OrderedStop.RunAsync(runners);
        output.Flush();
    }

    private void AnnounceParameters()
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            notifications.Publish(parameter, parameter.Name, snapshot => snapshot.WithState(KnownResourceStates.Running).WithReady(Task.CompletedTask));
        }
    }
}
