namespace Aspire.Dashboard.Pages;

/// <summary>
/// Finished markup. It comes from <see cref="Of"/> alone, which encodes every value that is not markup itself; so text
/// from telemetry cannot become a tag, wherever it is put between tags or into a quoted attribute.
/// </summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    public static Html Of(HtmlInterpolation interpolation) => new(interpolation.Finish());

    /// <summary>One after the other.</summary>
    public static Html Concat(IEnumerable<Html> parts) => new(string.Concat(parts));

    /// <summary>A file of our own that is markup already.</summary>
    public static Html Trusted(string markup) => new(markup);

    public override string ToString() => markup ?? "";
}
