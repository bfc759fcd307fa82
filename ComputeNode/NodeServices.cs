using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.ComputeNode.Slots;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;
using WasmAspire.Jobs;
using WasmAspire.Observe;

namespace WasmAspire.ComputeNode;

/// <summary>Puts a node together.</summary>
internal static class NodeServices
{
    /// <summary>Adds the slots and all that they use.</summary>
    public static void AddNode(this IHostApplicationBuilder builder)
    {
        // What guests log goes to OTLP and not to the node's own console, which is for its operator. In code, since Aspire sets
        // LOGGING__CONSOLE__FORMATTERNAME, and with that in upper case a filter for "Console" in appsettings.json is not found.
        builder.Logging.AddFilter<ConsoleLoggerProvider>(ObserveSession.Category, LogLevel.None);

        var services = builder.Services;
        services.AddOptions<NodeOptions>().BindConfiguration(NodeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NodeOptions>, NodeOptionsValidator>();
        services.AddSingleton<NodeName>();
        services.AddSingleton(provider => new JobQueue(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton<WasmEngines>();
        services.AddSingleton<EpochTicker>();
        services.AddSingleton<CompilerProcess>();
        services.AddSingleton<ArtifactStore>();
        services.AddSingleton<ModuleLoader>();
        services.AddSingleton<ModuleCache>();
        services.AddGuestMetrics();
        services.AddSingleton<GuestSpanExport>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobMemory>();
        services.AddSingleton<RunningJobs>();

        // Services stop in the reverse order: the last spans are made before the export stops.
        services.AddHostedService(provider => provider.GetRequiredService<GuestSpanExport>());
        services.AddHostedService<SlotService>();
        services.AddHostedService<NodeHeartbeat>();
        services.AddOpenTelemetry().WithTracing();
    }
}
