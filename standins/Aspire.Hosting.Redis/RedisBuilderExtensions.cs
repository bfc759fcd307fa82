using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static class RedisBuilderExtensions
{
    private const int RedisPort = 6379;
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <summary>Adds Redis in a container, with a generated password where none is given.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and the connection string's.</param>
    /// <param name="port">The port that clients use, by default a free one.</param>
    /// <param name="password">The password.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreatePassword(builder, $"{name}-password");
        var redis = new RedisResource(name, secret);
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: RedisPort, name: RedisResource.EndpointName, scheme: "redis")
            .WithImage("docker.io", "library/redis", "8.6")
            // The shell puts the password in: the command line in the manifest must not hold it.
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = secret)
            .WithArgs(args => AddCommand(args, redis));
    }

    /// <summary>Keeps the data in a volume.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.WithVolume(name, "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Writes a snapshot after <paramref name="interval"/> (60 s) where so many keys have changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? DefaultInterval, keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);

    private static void AddCommand(IList<string> args, RedisResource redis)
    {
        var command = "redis-server --requirepass $REDIS_PASSWORD";
        if (redis.Annotations.OfType<RedisPersistenceAnnotation>().SingleOrDefault() is { } persistence)
        {
            command += FormattableString.Invariant($" --save {persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}");
        }

        args.Add("-c");
        args.Add(command);
    }
}
