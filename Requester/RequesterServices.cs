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
        services.AddSingleton(provider => new JobQueue(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(provider => new JobStore(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<IConnectionMultiplexer>()));
        services.AddSingleton<JobEvents>();
        services.AddSingleton<JobSubmitter>();
        services.AddSingleton<JobListing>();
        services.AddSingleton<JobViews>();
        services.AddBrowserDefences();
        services.AddOpenApi();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails is { Status: StatusCodes.Status415UnsupportedMediaType } problem)
            {
                problem.Detail = "POST /jobs takes application/json or multipart/form-data, POST /modules takes application/wasm.";
            }
        });
        // In every environment, so that the answer to a value that cannot be read is the same one.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionAnswers>();
    }
}
