using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Tests.Requester;

/// <summary>The requester in this process, on a real Kestrel and a port of its own.</summary>
/// <param name="redis">The connection string of its Redis.</param>
/// <param name="settings">Configuration besides that.</param>
/// <param name="services">What to replace.</param>
internal sealed class RequesterFactory(string redis, IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    : WebApplicationFactory<JobRequest>
{
    /// <summary>Starts it and gives a client that does not wait longer than a test may hang.</summary>
    public HttpClient Start()
    {
        // UseKestrel(port) sets the address after the server may have started (an exception now and then): a setting comes in time.
        UseKestrel();
        StartServer();
        var client = CreateClient();
        client.Timeout = TimeSpan.FromSeconds(60);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        builder.UseSetting("ConnectionStrings:redis", redis);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(collection =>
        {
            collection.Replace(ServiceDescriptor.Singleton(_ => Traces()));
            services?.Invoke(collection);
        });
    }

    /// <summary>
    /// The service defaults' traces but for those of outgoing calls: these listen to every HttpClient of the process, and
    /// other tests' requests would come with a parent that nobody has.
    /// </summary>
    private static TracerProvider Traces() =>
        Sdk.CreateTracerProviderBuilder().AddSource("WasmAspire.Requester").AddAspNetCoreInstrumentation().Build();
}
