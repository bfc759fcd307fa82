using System.Net;
using Aspire.Dashboard.Configuration;

namespace Aspire.Dashboard.Security;

/// <summary>What a browser needs to be told, and whom not to believe.</summary>
internal static class BrowserDefences
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// A frontend that listens on loopback alone answers to loopback's names alone: a foreign name that leads here is
    /// DNS rebinding, another site's script in disguise.
    /// </summary>
    public static IApplicationBuilder UseBrowserDefences(this IApplicationBuilder app, IEnumerable<DashboardEndpoint> endpoints)
    {
        var loopbackOnly = endpoints.Where(endpoint => endpoint.Door == Door.Frontend).All(endpoint => endpoint.IsLoopback);
        return app.Use((context, next) =>
        {
            SetHeaders(context.Response.Headers);
            if (!loopbackOnly || IsLoopbackName(context.Request.Host.Host))
            {
                return next(context);
            }
            return TypedResults.Problem("This dashboard answers to localhost only.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        });
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // the sign-in address has the token in it
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
