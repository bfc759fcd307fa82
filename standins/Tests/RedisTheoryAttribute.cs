namespace WasmAspire.Tests.StandIns;

/// <summary>A theory that starts redis-server, on Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = Needs.Linux ?? Needs.Redis;
}
