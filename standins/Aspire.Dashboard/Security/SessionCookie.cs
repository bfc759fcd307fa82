using System.Globalization;

namespace Aspire.Dashboard.Security;

/// <summary>What a signed-in browser carries.</summary>
internal static class SessionCookie
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    public static bool IsAdmitted(HttpContext context, AccessKey browserToken) =>
        browserToken.AdmitsSession(context.Request.Cookies[Name(context)]);

    public static void Set(HttpContext context, AccessKey browserToken) =>
        context.Response.Cookies.Append(Name(context), browserToken.Session, new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
            // Lax and not Strict: a link to a trace from another site's page works
            SameSite = SameSiteMode.Lax,
        });

    /// <summary>Browsers share cookies between the ports of a host; two dashboards must not sign each other out.</summary>
    private static string Name(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $".Aspire.Dashboard.Auth.{context.Connection.LocalPort}");
}
