using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace WasmAspire.AppHost;

/// <summary>Healthy when the server answers PING; one that is still loading its append-only file does not.</summary>
/// <param name="connectionString">Gives the connection string, or null while the endpoint is not allocated.</param>
internal sealed class RedisPingHealthCheck(Func<string?> connectionString) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (connectionString() is not { } configuration)
        {
            return HealthCheckResult.Unhealthy("The server's endpoint is not allocated yet.");
        }

        try
        {
            var options = ConfigurationOptions.Parse(configuration);
            // One try: the next check is the next one, and three take 5 s where nothing listens yet.
            options.ConnectRetry = 1;
            // A connection of its own each time: one that is kept would report on itself, not on the server.
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetDatabase().PingAsync();
            return HealthCheckResult.Healthy();
        }
        catch (RedisException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
