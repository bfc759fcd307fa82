using System.Globalization;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>/traces: the list.</summary>
internal static class TracesPage
{
    private static readonly (int Milliseconds, string Label)[] Durations =
        [(0, "Any duration"), (10, "10 ms or more"), (100, "100 ms or more"), (1_000, "1 s or more"), (10_000, "10 s or more"), (60_000, "1 min or more")];

    public static IResult Get(HttpContext context, TelemetryStore store)
    {
        var query = TracesQuery.Of(context.Request.Query);
        return Layout.Page("Traces – dashboard", "traces.js", Html.Of($"""
            <main class="traces">
              <form class="filters" role="search" aria-label="Filter traces" data-testid="filters">
                <h1>Traces</h1>
                <label class="search">{Layout.Icon("search")}<span class="hidden">Text</span>
                  <input name="text" type="search" value="{query.Text}" placeholder="Name, id, attribute…" autocomplete="off" data-testid="filter-text"></label>
                <label><span class="hidden">Resource</span>
                  <select name="resource" data-testid="filter-resource">{ResourceOptions(store, query)}</select></label>
                <label><span class="hidden">Duration</span>
                  <select name="duration" data-testid="filter-duration">{Html.Concat(Durations.Select(each => Option(each.Milliseconds.ToString(CultureInfo.InvariantCulture), each.Label, each.Milliseconds == query.MinMilliseconds)))}</select></label>
                <label class="toggle"><input name="errors" type="checkbox" {(query.OnlyErrors ? Html.Of($"checked") : Html.None)} data-testid="filter-errors"><span>{Layout.Icon("error")}Errors only</span></label>
                <noscript><button>Filter</button></noscript>
                <button type="button" class="live" aria-pressed="false" data-testid="pause" hidden>{Layout.Icon("pause")}<span>Pause</span></button>
              </form>
              <div id="results">{Results(store, query)}</div>
            </main>
            """));
    }

    /// <summary>The list alone, for the page's script; 304 where nothing is new.</summary>
    public static IResult GetRows(HttpContext context, TelemetryStore store)
    {
        if (Revision.IsKnown(context, store.Revision))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }
        return new HtmlResult(Results(store, TracesQuery.Of(context.Request.Query)));
    }

    private static Html Results(TelemetryStore store, TracesQuery query)
    {
        var traces = store.Traces(query.Filter);
        var options = Html.Of($"""<template data-resources>{ResourceOptions(store, query)}</template>""");
        if (traces.Count == 0)
        {
            return Html.Of($"{options}{Empty(query)}");
        }
        var names = Formats.ResourceNames(store.Resources);
        var shown = traces.Take(query.Show).ToList();
        var longest = shown.Max(trace => trace.Duration);
        return Html.Of($"""
            {options}
            <p class="count" role="status" data-testid="trace-count">{Formats.Count(traces.Count, "trace", "traces")}{(query.IsFiltered ? Html.Of($""" · <a href="/traces" data-testid="clear-filters">Clear filters</a>""") : Html.None)}</p>
            <div class="scroll">
              <table class="list" data-testid="traces">
                <thead><tr><th scope="col">Time</th><th scope="col">Name</th><th scope="col">Spans</th><th scope="col">Duration</th></tr></thead>
                <tbody>{Html.Concat(shown.Select(trace => Row(trace, names, longest)))}</tbody>
              </table>
              {More(traces.Count, query)}
            </div>
            """);
    }

    private static Html Row(TraceSummary trace, Func<StoredResource, string> names, ulong longest) => Html.Of($"""
        <tr data-testid="trace-row" data-trace-id="{trace.TraceId}" data-span-count="{trace.SpanCount}" data-error="{(trace.ErrorCount > 0 ? "true" : "false")}">
          <td class="time">{Formats.Time(trace.Start)}</td>
          <td class="name {Palette.Class(trace.Root.Resource)}">
            <a href="/traces/detail/{trace.TraceId}"><span class="resource">{names(trace.Root.Resource)}</span> <span class="operation">{trace.Root.DisplayName}</span></a>
            {(trace.IsRootMissing ? Html.Of($"""<span class="badge" title="The trace's first span has not come yet">no root yet</span>""") : Html.None)}
            <code title="{trace.TraceId}">{Formats.ShortId(trace.TraceId)}</code>
          </td>
          <td class="spans"><ul>{Html.Concat(trace.Resources.Select(share => Chip(share, names)))}</ul></td>
          <td class="duration"><span>{Formats.Duration(trace.Duration)}</span>{Bar(trace, longest)}</td>
        </tr>
        """);

    private static Html Chip(ResourceShare share, Func<StoredResource, string> names)
    {
        var name = names(share.Resource);
        var title = $"{name}: {Formats.Count(share.Spans, "span", "spans")}, {Formats.Count(share.Errors, "error", "errors")}";
        return Html.Of($"""
            <li class="chip {Palette.Class(share.Resource)}" title="{title}" data-resource="{name}" data-spans="{share.Spans}" data-errors="{share.Errors}">
              <i></i>{name} <b>{share.Spans}</b>{(share.Errors > 0 ? Html.Of($"""<b class="errors">{Layout.Icon("error")}{share.Errors}</b>""") : Html.None)}</li>
            """);
    }

    /// <summary>Drawn as SVG: a style attribute would need a weaker content security policy.</summary>
    private static Html Bar(TraceSummary trace, ulong longest)
    {
        var percent = (longest == 0 ? 0 : 100.0 * trace.Duration / longest).ToString("0.##", CultureInfo.InvariantCulture);
        return Html.Of($"""<svg class="bar {(trace.ErrorCount > 0 ? "error" : Palette.Class(trace.Root.Resource))}" aria-hidden="true"><rect width="100%" height="100%"></rect><rect width="{percent}%" height="100%"></rect></svg>""");
    }

    private static Html More(int count, TracesQuery query) => count > query.Show
        ? Html.Of($"""<p class="more"><a class="button" href="{query.Url(query.Show + TracesQuery.PageSize)}" data-testid="more">Show {Math.Min(TracesQuery.PageSize, count - query.Show)} more</a></p>""")
        : Html.None;

    private static Html Empty(TracesQuery query) => query.IsFiltered
        ? Html.Of($"""
            <div class="empty" data-testid="empty">
              {Layout.Icon("search")}
              <h2>No trace fits these filters</h2>
              <p>New ones that do will show up here.</p>
              <p><a class="button" href="/traces" data-testid="clear-filters">Clear filters</a></p>
            </div>
            """)
        : Html.Of($"""
            <div class="empty" data-testid="empty">
              {Layout.Icon("traces")}
              <h2>No traces yet</h2>
              <p>Send the application a request: its trace will show up here within a second or two.</p>
              <p>Services find this dashboard by <code>OTEL_EXPORTER_OTLP_ENDPOINT</code>, which the AppHost sets.</p>
            </div>
            """);

    private static Html ResourceOptions(TelemetryStore store, TracesQuery query)
    {
        var resources = store.Resources.Where(resource => resource.HasTraces).ToList();
        var names = Formats.ResourceNames(resources);
        // a service with replicas can be chosen as a whole too
        var values = resources.Select(names).Concat(resources.Select(resource => resource.Key.Name)).Append(query.Resource)
            .Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
        return Html.Of($"""{Option("", "All resources", query.Resource.Length == 0)}{Html.Concat(values.Select(name => Option(name, name, name == query.Resource)))}""");
    }

    private static Html Option(string value, string label, bool isChosen) =>
        Html.Of($"""<option value="{value}"{(isChosen ? Html.Of($" selected") : Html.None)}>{label}</option>""");
}
