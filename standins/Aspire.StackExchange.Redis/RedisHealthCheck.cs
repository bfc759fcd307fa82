using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Healthy when every server answers PING; in a cluster, when it says that it is whole.</summary>
/// <param name="connection">Gives the connection; the first call makes it.</param>
internal sealed class RedisHealthCheck(Func<IConnectionMultiplexer> connection) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var redis = connection();
            foreach (var endpoint in redis.GetEndPoints(configuredOnly: true))
            {
                var server = redis.GetServer(endpoint);
                if (server.ServerType != ServerType.Cluster)
                {
                    await redis.GetDatabase().PingAsync();
                    await server.PingAsync();
                }
                else if (!(await server.ExecuteAsync("CLUSTER", "INFO")).ToString().Contains("cluster_state:ok", StringComparison.Ordinal))
                {
                    return new(context.Registration.FailureStatus, $"CLUSTER of {endpoint} is not OK.");
                }
            }

            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is RedisException or InvalidOperationException or TimeoutException)
        {
            return new(context.Registration.FailureStatus, e.Message, e);
        }
    }
}
