using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace WasmAspire.Tests.StandIns;

public sealed class AspireRedisExtensionsTests
{
    private const string Nowhere = "localhost:1,connectTimeout=100,connectRetry=1,syncTimeout=200,asyncTimeout=200";

    [RedisFact]
    public async Task ConnectionStringWinsOverTheSection()
    {
        await using var apphost = await TestedAppHost.CreateAsync();
        var app = await apphost.StartAsync();
        using var host = Build(
            ("ConnectionStrings:redis", await Aspire.Hosting.Testing.DistributedApplicationHostingTestingExtensions.GetConnectionStringAsync(app, "redis")),
            ("Aspire:StackExchange:Redis:ConnectionString", "localhost:1"));

        Assert.True(await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync() > TimeSpan.Zero);
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Patience.Token);
        Assert.Equal(["StackExchange.Redis"], report.Entries.Keys);
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task ServerThatIsNotThereIsUnhealthyAndNoError()
    {
        using var host = Build(("Aspire:StackExchange:Redis:redis:ConnectionString", Nowhere));

        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Patience.Token);

        Assert.False(connection.IsConnected);
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    [Fact]
    public void OptionsComeFromTheSectionAndThenFromCode()
    {
        ConfigurationOptions? seen = null;
        using var host = Build(
            options => seen = options,
            ("ConnectionStrings:redis", Nowhere),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:ClientName", "all"),
            ("Aspire:StackExchange:Redis:redis:ConfigurationOptions:ClientName", "this one"));

        _ = host.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.Equal("this one", seen!.ClientName);
        Assert.False(seen.AbortOnConnectFail);
    }

    [Fact]
    public void StatedAbortIsKept()
    {
        using var host = Build(("ConnectionStrings:redis", $"{Nowhere},abortConnect=true"));

        Assert.Throws<RedisConnectionException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [Fact]
    public void MissingConnectionStringIsNamed()
    {
        using var host = Build();

        var e = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());
        Assert.Equal("No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:redis' or for the 'Aspire:StackExchange:Redis:ConnectionString' configuration key.", e.Message);
    }

    [Fact]
    public void HealthCheckCanBeLeftOut()
    {
        using var host = Build(("Aspire:StackExchange:Redis:DisableHealthChecks", "true"));

        Assert.Null(host.Services.GetService<HealthCheckService>());
    }

    private static IHost Build(params (string Key, string? Value)[] settings) => Build(null, settings);

    private static IHost Build(Action<ConfigurationOptions>? configureOptions, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.AddRedisClient("redis", redis => redis.DisableTracing = true, configureOptions);
        return builder.Build();
    }
}
