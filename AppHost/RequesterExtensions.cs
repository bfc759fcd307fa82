namespace WasmAspire.AppHost;

/// <summary>What only the AppHost knows and the requester needs.</summary>
internal static class RequesterExtensions
{
    /// <summary>
    /// In run mode, tells the requester the dashboard's address (for <c>traceUrl</c>); in publish mode, leaves the check
    /// of the Host header to the deployment's ingress.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithDashboardUrl(this IResourceBuilder<ProjectResource> requester)
    {
        if (requester.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return requester.WithEnvironment("AllowedHosts", "*");
        }

        // Read when the requester starts, not now: a test sets it after this line has run.
        return requester.WithEnvironment(context =>
        {
            // The AppHost's own address is the dashboard's: that is Aspire's contract for ASPNETCORE_URLS.
            var urls = requester.ApplicationBuilder.Configuration["ASPNETCORE_URLS"];
            if (Uri.TryCreate(urls?.Split(';')[0], UriKind.Absolute, out var url) && url.Port != 0)
            {
                context.EnvironmentVariables["Dashboard__Url"] = url.ToString();
            }
        });
    }
}
