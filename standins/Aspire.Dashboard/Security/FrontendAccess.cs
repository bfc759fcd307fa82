using Aspire.Dashboard.Configuration;

namespace Aspire.Dashboard.Security;

/// <summary>Lets through who may call the endpoint that routing has found.</summary>
internal static class FrontendAccess
{
    public const string ApiKeyHeader = "x-api-key";

    public static IApplicationBuilder UseFrontendAccess(this IApplicationBuilder app, DashboardOptions options) =>
        app.Use((context, next) => Check(context, next, options));

    private static Task Check(HttpContext context, RequestDelegate next, DashboardOptions options)
    {
        var rule = context.GetEndpoint()?.Metadata.GetMetadata<AccessRuleMetadata>()?.Rule ?? AccessRule.Page;
        var admitted = rule switch
        {
            AccessRule.Anyone => true,
            AccessRule.ApiKey => options.ApiKey.Admits(context.Request.Headers[ApiKeyHeader]),
            _ => SessionCookie.IsAdmitted(context, options.BrowserToken),
        };
        if (admitted)
        {
            return next(context);
        }
        if (rule == AccessRule.Page && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            context.Response.Redirect($"/login?returnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return Task.CompletedTask;
        }
        return TypedResults.Problem(
            rule == AccessRule.ApiKey ? $"Send the API key in the header {ApiKeyHeader}." : "Sign in first.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
