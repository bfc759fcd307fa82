namespace Aspire.Dashboard.Pages;

/// <summary>What every page has around it.</summary>
internal static class Layout
{
    private static readonly Html Icons = Html.Trusted(Assets.ReadText("icons.svg"));

    public static Html Icon(string name) => Html.Of($"""<svg class="icon" aria-hidden="true"><use href="#icon-{name}"></use></svg>""");

    /// <summary>A page with the bar at its top and one script of its own.</summary>
    public static HtmlResult Page(string title, string script, Html main, int status = StatusCodes.Status200OK) => Document(
        title,
        Html.Of($"""<script type="module" src="/assets/{script}"></script>"""),
        Html.Of($"""
            <header class="top">
              <a class="brand" href="/traces">{Icon("logo")}<span>WasmAspire <b>dashboard</b></span></a>
              <nav aria-label="Pages"><a href="/traces" aria-current="page">{Icon("traces")}Traces</a></nav>
              <span class="connection" data-testid="connection" role="status" hidden>The dashboard does not answer. Trying again…</span>
            </header>
            {main}
            """),
        status);

    public static HtmlResult Document(string title, Html head, Html body, int status = StatusCodes.Status200OK) => new(
        Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{title}</title>
              <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/assets/dashboard.css">
              {head}
            </head>
            <body>
            {Icons}
            {body}
            </body>
            </html>
            """),
        status);
}
