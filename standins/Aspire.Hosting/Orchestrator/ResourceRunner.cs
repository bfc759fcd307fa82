using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One resource's life: endpoints, start, health, end.</summary>
internal sealed class ResourceRunner(
    IResource resource,
    ResourceNotificationService notifications,
    DistributedApplicationEventing eventing,
    IResourceOutput output,
    EndpointAllocator allocator,
    DependencyWaiter waiter,
    ResourceLauncher launcher,
    HealthMonitor health) : IAsyncDisposable
{
    private readonly IReadOnlyList<Replica> replicas = [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => new Replica(resource))];
    private readonly List<TcpProxy> proxies = [];
    private readonly List<Task> exits = [];
    private readonly CancellationTokenSource ended = new();
    private Task monitoring = Task.CompletedTask;
    private bool failed;

    public IResource Resource => resource;

    /// <summary>Tells of the resource before anything of it runs.</summary>
    public void Announce()
    {
        foreach (var replica in replicas)
        {
            Publish(replica, snapshot => snapshot.WithHealthReports(HealthMonitor.Unknown(resource)).WithState(KnownResourceStates.NotStarted));
        }
    }

    /// <summary>Allocates the endpoints. One that cannot be allocated fails the resource.</summary>
    public void AllocateEndpoints()
    {
        try
        {
            foreach (var endpoint in resource.GetEndpoints())
            {
                if (allocator.Allocate(endpoint, replicas) is { } proxy)
                {
                    proxies.Add(proxy);
                }
            }
        }
        catch (Exception e) when (e is DistributedApplicationException or SocketException)
        {
            Fail(e.Message);
            return;
        }

        var urls = resource.GetEndpoints().Select(e => new UrlSnapshot(e.Name, e.AllocatedEndpoint!.UriString)).ToArray();
        foreach (var replica in replicas)
        {
            Publish(replica, snapshot => snapshot.WithUrls(urls));
        }
    }

    /// <summary>Starts every replica when the resources it waits for are ready. What goes wrong fails this resource alone.</summary>
    /// <exception cref="OperationCanceledException">The application stops.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (failed)
        {
            return;
        }

        try
        {
            PublishState(KnownResourceStates.Starting);
            if (resource is IResourceWithConnectionString)
            {
                await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource), cancellationToken);
            }

            await waiter.WaitAsync(resource, cancellationToken);
            PublishState(KnownResourceStates.Starting);
            await StartReplicasAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a callback of the model throws: the other resources live on.
            Fail(e.Message);
        }
    }

    /// <summary>Asks the processes to end, and kills them after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        await ended.CancelAsync();
        foreach (var replica in replicas.Where(replica => replica.Process is { HasExited: false }))
        {
            Publish(replica, snapshot => snapshot.IsTerminal ? snapshot : snapshot.WithState(KnownResourceStates.Stopping));
        }

        await Task.WhenAll(replicas.Select(replica => replica.Process?.StopAsync(grace) ?? Task.CompletedTask));
        await Task.WhenAll(exits).WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await Task.WhenAll(proxies.Select(proxy => proxy.DisposeAsync().AsTask()));
        await monitoring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartReplicasAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var replica in replicas)
            {
                replica.Process = await launcher.StartAsync(replica, cancellationToken);
                Publish(replica, snapshot => snapshot.WithState(KnownResourceStates.Running));
                exits.Add(ObserveExitAsync(replica, replica.Process));
            }
        }
        finally
        {
            // Those that run are watched, even where a later one could not be started.
            if (exits.Count > 0)
            {
                monitoring = health.RunAsync(resource, ended.Token);
            }
        }
    }

    private async Task ObserveExitAsync(Replica replica, ChildProcess process)
    {
        var code = await process.Exited;
        Publish(replica, snapshot =>
            snapshot.WithState(code == 0 && snapshot.State!.Text == KnownResourceStates.Running ? KnownResourceStates.Finished : KnownResourceStates.Exited, code));
        if (replicas.All(r => r.Process is null or { HasExited: true }))
        {
            await ended.CancelAsync();
        }
    }

    private void Fail(string reason)
    {
        failed = true;
        output.WriteLine(resource, replicaId: null, $"Failed to create resource {resource.Name}: {reason}", isError: true);
        foreach (var replica in replicas.Where(replica => replica.Process is null))
        {
            Publish(replica, snapshot => snapshot.WithState(KnownResourceStates.FailedToStart));
        }
    }

    private void PublishState(string state)
    {
        foreach (var replica in replicas)
        {
            Publish(replica, snapshot => snapshot.WithState(state));
        }
    }

    private void Publish(Replica replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.Publish(resource, replica.Id, change);
}
