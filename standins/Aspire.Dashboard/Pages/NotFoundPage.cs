namespace Aspire.Dashboard.Pages;

/// <summary>Any address that is not a page's.</summary>
internal static class NotFoundPage
{
    public static IResult Get() => Of("There is no such page", "The address is not one of this dashboard.");

    public static IResult Of(string title, string explanation) => Layout.Page(
        title,
        "page.js",
        Html.Of($"""
            <main class="empty" data-testid="not-found">
              {Layout.Icon("search")}
              <h1>{title}</h1>
              <p>{explanation}</p>
              <p><a class="button" href="/traces">To the traces</a></p>
            </main>
            """),
        StatusCodes.Status404NotFound);
}
