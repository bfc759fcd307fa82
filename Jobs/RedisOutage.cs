using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>Tells "Redis cannot be reached just now" from mistakes: the one passes, the other does not.</summary>
public static class RedisOutage
{
    /// <summary>Whether an exception of the client means that Redis is gone, too slow, or still loading its data.</summary>
    public static bool Causes(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => server.Message.StartsWith("LOADING", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The first sentence of what the client says; the rest is its counters.</summary>
    public static string Describe(Exception exception) => exception.Message.Split(" - ")[0].Split(", ")[0];
}
