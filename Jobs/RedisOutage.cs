using StackExchange.Redis;

namespace WasmAspire.Jobs;

/// <summary>Tells "Redis cannot serve just now" from mistakes: the one passes, the other does not.</summary>
public static class RedisOutage
{
    private const string Full = "OOM";

    // Loading its data, failing over (four codes), held up by a script, full, or without the disk or the replicas that it needs to write.
    private static readonly string[] PassingErrors =
        ["LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", Full, "MISCONF", "NOREPLICAS"];

    /// <summary>Whether an exception of the client means that Redis is gone, too slow, or answers that it cannot serve now.</summary>
    public static bool Causes(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException server => PassingErrors.Contains(Code(server), StringComparer.Ordinal),
        _ => false,
    };

    /// <summary>Whether an exception of the client means that Redis has no memory left for a write.</summary>
    public static bool IsFull(Exception exception) => exception is RedisServerException server && Code(server) == Full;

    /// <summary>The first sentence of what the client says; the rest is its counters.</summary>
    public static string Describe(Exception exception) => exception.Message.Split(" - ")[0].Split(", ")[0];

    private static string Code(RedisServerException exception) => exception.Message.Split(' ')[0];
}
