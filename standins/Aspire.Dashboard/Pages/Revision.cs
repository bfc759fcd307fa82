using System.Globalization;

namespace Aspire.Dashboard.Pages;

/// <summary>ETags of what pages ask for again and again.</summary>
internal static class Revision
{
    // a dashboard started again counts from the beginning; its tags must differ all the same
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];

    /// <summary>True where the caller has this revision already; else the answer is marked with it.</summary>
    public static bool IsKnown(HttpContext context, long revision)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{Run}-{revision}\"");
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag;
    }
}
