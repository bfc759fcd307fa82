using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Security;

/// <summary>
/// Keeps web pages of others out. A browser sends a multipart POST to any host without asking first, and a name that an
/// attacker owns may resolve to loopback: so unsafe methods need an origin of ours, and every request a host of ours.
/// </summary>
internal static class BrowserDefences
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Leaves the check of the Host header to <see cref="UseBrowserDefences"/>, which exempts the health endpoints.</summary>
    public static void AddBrowserDefences(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    /// <summary>
    /// Refuses requests for a host that is not in <c>AllowedHosts</c> (but for /health and /alive), and unsafe methods
    /// from a foreign origin; gives every answer the headers that keep a browser from misusing it.
    /// </summary>
    public static void UseBrowserDefences(this WebApplication app)
    {
        var hosts = (app.Configuration["AllowedHosts"] ?? "localhost;127.0.0.1;[::1]")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(host => new StringSegment(host))
            .ToList();
        var allowAll = hosts.Any(host => host == "*");

        app.Use(async (context, next) =>
        {
            var request = context.Request;
            // When the answer starts, not now: the exception handler clears what stands there before.
            context.Response.OnStarting(AddHeaders, context.Response);

            if (!allowAll && !request.IsHealthRequest() && !HostString.MatchesAny(new StringSegment(request.Host.Host), hosts))
            {
                await Refuse(context, StatusCodes.Status400BadRequest, "foreign-host", $"The Host header names '{request.Host.Host}', which is not in AllowedHosts: call the requester by one of those, or add this one.");
            }
            else if (IsUnsafe(request.Method) && ForeignOrigin(request) is { } origin)
            {
                await Refuse(context, StatusCodes.Status403Forbidden, "foreign-origin", $"The request comes from a web page of {origin}; only pages of this host may change anything.");
            }
            else
            {
                await next(context);
            }
        });
    }

    private static Task AddHeaders(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    private static bool IsUnsafe(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    /// <summary>The origin of a request that a page of others makes; null for ours, and for clients that are no browsers.</summary>
    private static string? ForeignOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            return origin;
        }

        return request.Headers["Sec-Fetch-Site"] == "cross-site" ? "another site" : null;
    }

    private static Task Refuse(HttpContext context, int status, string type, string detail)
    {
        Log.Refused(
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BrowserDefences)),
            context.Request.Method,
            context.Request.Path,
            detail);
        return Problem.Create(status, type, "The request is refused", detail).ExecuteAsync(context);
    }
}
