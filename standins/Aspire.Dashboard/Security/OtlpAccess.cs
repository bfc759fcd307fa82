namespace Aspire.Dashboard.Security;

/// <summary>Lets through who shows the OTLP key, and only so many at a time.</summary>
internal static class OtlpAccess
{
    public const string KeyHeader = "x-otlp-api-key";

    public static IApplicationBuilder UseOtlpAccess(this IApplicationBuilder app, AccessKey key, SemaphoreSlim places) => app.Use(async (context, next) =>
    {
        if (!key.Admits(context.Request.Headers[KeyHeader]))
        {
            // gRPC clients take it as Unauthenticated
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        await places.WaitAsync(context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            places.Release();
        }
    });
}
