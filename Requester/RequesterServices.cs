using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WasmAspire.Jobs;
using WasmAspire.Requester.Api;
using WasmAspire.Requester.Events;
using WasmAspire.Requester.Problems;
using WasmAspire.Requester.Security;
using WasmAspire.Requester.Submission;

namespace WasmAspire.Requester;

/// <summary>Puts the requester together.</summary>
internal static class RequesterServices
{
    /// <summary>Adds all that the endpoints use.</summary>
    public static void AddRequester(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Sizes.Body;
        });

        var services = builder.Services;
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddSingleton(provider => new JobQueue(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(provider => new JobStore(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<JobEvents>();
        services.AddSingleton(BodyMemory.OfThisMachine());
        services.AddScoped<BodyReader>();
        services.AddScoped<SubmissionReader>();
        services.AddSingleton<JobSubmitter>();
        services.AddSingleton<JobListing>();
        services.AddSingleton<JobViews>();
        services.AddBrowserDefences();
        UntrustedTraceContext.AddTo(services);
        services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "WasmAspire";
            return Task.CompletedTask;
        }));
        // Numbers are written as numbers, and the OpenAPI document says so.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddProblemDetails();
        // In every environment, so that the answer to a value that cannot be read is the same one.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionAnswers>();
        // A body that still trickles in must not hold up the stop: whoever sent SIGTERM kills after some seconds.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(4));
    }
}
