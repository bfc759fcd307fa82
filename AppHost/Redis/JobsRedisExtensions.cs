using Microsoft.Extensions.Configuration;

namespace WasmAspire.AppHost;

/// <summary>Redis in three ways: a server that exists, a local redis-server process, a container.</summary>
internal static class JobsRedisExtensions
{
    /// <summary>
    /// Adds the Redis that holds the jobs. In publish mode always <c>AddRedis</c>. In run mode the first that applies of
    /// the connection string <paramref name="name"/>, a <c>redis-server</c> on the PATH, and a container;
    /// <c>Redis:Mode</c> = <c>Local</c> or <c>Container</c> decides between the last two.
    /// </summary>
    /// <exception cref="DistributedApplicationException"><c>Redis:Mode</c> is neither, or is <c>Local</c> and there is no redis-server.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddJobsRedis(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddRedisContainer(name);
        }

        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)))
        {
            return builder.AddConnectionString(name);
        }

        var program = RedisServerResource.FindProgram();
        return builder.Configuration["Redis:Mode"] switch
        {
            null or "" when program is not null => builder.AddRedisServer(name, program),
            null or "" or "Container" => builder.AddRedisContainer(name),
            "Local" when program is not null => builder.AddRedisServer(name, program),
            "Local" => throw new DistributedApplicationException("Redis:Mode is Local, but no redis-server is on the PATH. Install it (Debian: apt-get install redis-server), or set Redis:Mode to Container."),
            var mode => throw new DistributedApplicationException($"Redis:Mode is '{mode}'; it must be Local or Container."),
        };
    }

    private static IResourceBuilder<RedisResource> AddRedisContainer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddRedis(name)
            .WithImageTag("7.4")
            .WithDataVolume()
            .WithPersistence(interval: TimeSpan.FromSeconds(60), keysChangedThreshold: 1);
}
