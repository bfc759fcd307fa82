namespace WasmAspire.Tests.StandIns;

/// <summary>A test that starts redis-server, on Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = Needs.Linux ?? Needs.Redis;
}
