using Aspire.Dashboard.Security;

namespace Aspire.Dashboard.Pages;

/// <summary>The addresses of the pages.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.Redirect("/traces"));
        routes.MapGet("/traces", TracesPage.Get);
        routes.MapGet("/traces/rows", TracesPage.GetRows).WithMetadata(Fragment);
        routes.MapGet("/traces/detail/{traceId}", TraceDetailPage.Get);
        routes.MapGet("/traces/detail/{traceId}/waterfall", TraceDetailPage.GetWaterfall).WithMetadata(Fragment);
        routes.MapGet("/traces/detail/{traceId}/spans/{spanId}", SpanPane.Get).WithMetadata(Fragment);
        routes.MapGet("/login", LoginPage.Get).WithMetadata(Open);
        routes.MapPost("/login", LoginPage.Post).WithMetadata(Open);
        routes.MapGet("/assets/{name}", Assets.Get).WithMetadata(Open);
        routes.MapFallback(NotFoundPage.Get);
    }

    private static AccessRuleMetadata Fragment => new(AccessRule.Fragment);

    private static AccessRuleMetadata Open => new(AccessRule.Anyone);
}
