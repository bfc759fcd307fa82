using System.Globalization;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.WebUtilities;

namespace Aspire.Dashboard.Pages;

/// <summary>What the list of traces is asked to show: the query of its address.</summary>
internal sealed record TracesQuery(string Text, string Resource, int MinMilliseconds, bool OnlyErrors, int Show)
{
    public const int PageSize = 100;

    public bool IsFiltered => Text.Length > 0 || Resource.Length > 0 || MinMilliseconds > 0 || OnlyErrors;

    public TraceFilter Filter => new(
        new(Resource.Length == 0 ? [] : [Resource]), OnlyErrors ? true : null, (ulong)MinMilliseconds * 1_000_000, new(Text));

    /// <summary>What cannot be read counts as not asked for.</summary>
    public static TracesQuery Of(IQueryCollection query) => new(
        query["text"].ToString(), query["resource"].ToString(), Number(query["duration"], 0), query["errors"].ToString().Length > 0,
        Math.Max(PageSize, Number(query["show"], PageSize)));

    public string Url(int show)
    {
        var url = "/traces";
        Add("text", Text);
        Add("resource", Resource);
        Add("duration", MinMilliseconds == 0 ? "" : MinMilliseconds.ToString(CultureInfo.InvariantCulture));
        Add("errors", OnlyErrors ? "on" : "");
        Add("show", show == PageSize ? "" : show.ToString(CultureInfo.InvariantCulture));
        return url;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                url = QueryHelpers.AddQueryString(url, name, value);
            }
        }
    }

    private static int Number(string? text, int standard) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : standard;
}
