using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WasmAspire.AppHost;

/// <summary>Adds the local redis-server to the application.</summary>
internal static class RedisServerExtensions
{
    /// <summary>
    /// Adds redis-server on a free loopback port, with a password of its own, an append-only file and a health check.
    /// Its data lie in <c>Redis:DataFolder</c>, by default <c>.data/redis</c> beside the AppHost's folder.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedisServer(this IDistributedApplicationBuilder builder, string name, string program)
    {
        var folder = RedisDataFolder.Take(
            builder.Configuration["Redis:DataFolder"] is { Length: > 0 } configured
                ? configured
                : Path.Combine(builder.AppHostDirectory, "..", ".data", "redis"));
        // Held for as long as the application lives.
        builder.Services.AddSingleton(folder);

        var port = FreePort();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        folder.WriteConfiguration(port, password);

        var redis = builder.AddResource(new RedisServerResource(name, program, folder.Path, password))
            .WithArgs(folder.ConfigurationFile)
            .WithEndpoint(port: port, scheme: "tcp", name: "tcp", isProxied: false)
            .ExcludeFromManifest();

        string? connectionString = null;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(redis.Resource, async (_, cancellation) =>
            connectionString = await ((IResourceWithConnectionString)redis.Resource).GetConnectionStringAsync(cancellation));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            _ => new RedisPingHealthCheck(() => connectionString),
            failureStatus: null,
            tags: null));
        return redis.WithHealthCheck(key);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
