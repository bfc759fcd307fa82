namespace Aspire.Dashboard.Pages;

/// <summary>Markup as an answer.</summary>
internal sealed class HtmlResult(Html html, int status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(html.ToString(), httpContext.RequestAborted);
    }
}
