using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using WasmAspire.ComputeNode;
using WasmAspire.Observe;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>With the settings that a node comes with.</summary>
public sealed class GuestLogLevelTests
{
    [Fact]
    public void WhatGuestsTraceIsExported()
    {
        List<LogRecord> exported = [];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddJsonFile(Path.Combine(RepositoryRoot.Path, "ComputeNode", "appsettings.json"));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddOpenTelemetry(logging => logging.AddInMemoryExporter(exported));
        builder.AddNode();
        using var host = builder.Build();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();

        Write(loggers, ObserveSession.Category);
        Write(loggers, "WasmAspire.ComputeNode");

        Assert.Equal([(ObserveSession.Category, LogLevel.Trace)], exported.Select(record => (record.CategoryName!, record.LogLevel)));
    }

    private static void Write(ILoggerFactory loggers, string category) =>
        loggers.CreateLogger(category).Log(LogLevel.Trace, new EventId(1), "told", exception: null, static (text, _) => text);
}
