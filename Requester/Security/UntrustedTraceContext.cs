using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OpenTelemetry.Context.Propagation;

namespace WasmAspire.Requester.Security;

/// <summary>
/// Takes the trace context out of each request before anybody looks for it: ASP.NET Core and OpenTelemetry's
/// instrumentation each read the headers themselves, and both after the context is made.
/// </summary>
internal sealed class UntrustedTraceContext(IServiceProvider services) : IHttpContextFactory
{
    // What ASP.NET Core understands, whichever propagator OpenTelemetry has.
    private static readonly string[] Headers = ["traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context"];

    private readonly DefaultHttpContextFactory factory = new(services);

    /// <summary>Has <see cref="TraceOptions.TrustIncomingTraceContext"/> followed.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddOptions<TraceOptions>().BindConfiguration(TraceOptions.Section).ValidateOnStart();
        services.AddSingleton<IHttpContextFactory>(provider =>
            provider.GetRequiredService<IOptions<TraceOptions>>().Value.TrustIncomingTraceContext
                ? new DefaultHttpContextFactory(provider)
                : new UntrustedTraceContext(provider));
    }

    /// <summary>Links the request's span to the caller's, where it was not trusted to be its parent. First in the pipeline.</summary>
    public static Task Link(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Caller>() is { Context: var caller })
        {
            Activity.Current?.AddLink(new ActivityLink(caller));
        }

        return next(context);
    }

    /// <inheritdoc/>
    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = factory.Create(featureCollection);
        var headers = context.Request.Headers;
        var propagator = Propagators.DefaultTextMapPropagator;
        var incoming = propagator.Extract(default, headers, static (headers, name) => headers[name]).ActivityContext;
        foreach (var name in (propagator.Fields ?? new HashSet<string>()).Concat(Headers))
        {
            headers.Remove(name);
        }

        if (incoming != default)
        {
            context.Features.Set(new Caller(incoming));
        }

        return context;
    }

    /// <inheritdoc/>
    public void Dispose(HttpContext httpContext) => factory.Dispose(httpContext);

    private sealed record Caller(ActivityContext Context);
}
