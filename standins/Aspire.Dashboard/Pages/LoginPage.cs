using Aspire.Dashboard.Configuration;
using Aspire.Dashboard.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aspire.Dashboard.Pages;

/// <summary>/login: the token from the address or from the form for a cookie.</summary>
internal static class LoginPage
{
    private const string Home = "/";

    /// <summary>The address that the AppHost prints (<c>?t=TOKEN</c>), and where a page sends who is not signed in.</summary>
    public static IResult Get(HttpContext context, DashboardOptions options)
    {
        var query = context.Request.Query;
        var token = query["t"].ToString();
        return token.Length == 0 && !SessionCookie.IsAdmitted(context, options.BrowserToken)
            ? Form(query["returnUrl"], isWrong: false)
            : Enter(context, options, token, query["returnUrl"]);
    }

    /// <summary>The form's answer.</summary>
    public static async Task<IResult> Post(HttpContext context, DashboardOptions options)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return Enter(context, options, form["t"].ToString().Trim(), form["returnUrl"]);
    }

    private static IResult Enter(HttpContext context, DashboardOptions options, string token, string? returnUrl)
    {
        if (!SessionCookie.IsAdmitted(context, options.BrowserToken))
        {
            if (!options.BrowserToken.Admits(token))
            {
                return Form(returnUrl, isWrong: true);
            }
            SessionCookie.Set(context, options.BrowserToken);
        }
        return TypedResults.LocalRedirect(Local(returnUrl));
    }

    /// <summary>Only to a page of this dashboard: an address from a link is not to be followed elsewhere.</summary>
    private static string Local(string? returnUrl) => RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : Home;

    private static HtmlResult Form(string? returnUrl, bool isWrong) => Layout.Document(
        "Sign in – dashboard",
        Html.None,
        Html.Of($"""
            <main class="sign-in">
              <form method="post" action="/login" data-testid="login">
                <h1>{Layout.Icon("logo")}Dashboard</h1>
                <p>Paste the token from the address that the AppHost printed: <code>/login?t=<b>TOKEN</b></code>.</p>
                <label for="token">Token</label>
                <input id="token" name="t" type="password" required autofocus autocomplete="off" {Invalid(isWrong)}>
                {(isWrong ? Html.Of($"""<p id="wrong" class="wrong" role="alert">That is not the token of this run of the dashboard.</p>""") : Html.None)}
                <input type="hidden" name="returnUrl" value="{Local(returnUrl)}">
                <button class="primary">Sign in</button>
              </form>
            </main>
            """),
        isWrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    private static Html Invalid(bool isWrong) => isWrong ? Html.Of($"aria-invalid=\"true\" aria-describedby=\"wrong\"") : Html.None;
}
