using System.Globalization;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>/traces/detail/{traceId}: one trace as a waterfall. Its lines are drawn by waterfall.js, so that 20,000 are no burden.</summary>
internal static class TraceDetailPage
{
    private static readonly string[] FactNames = ["duration", "resources", "depth", "spans", "errors"];

    public static IResult Get(string traceId, TelemetryStore store)
    {
        if (!IsTraceId(traceId))
        {
            return NotFoundPage.Of("That is not a trace id", "A trace id has 32 hexadecimal digits.");
        }
        var id = traceId.ToLowerInvariant();
        var trace = store.Trace(id);
        return Layout.Page($"Trace {Formats.ShortId(id)} – dashboard", "trace.js", Html.Of($"""
            <main class="trace" data-trace-id="{id}">
              {Head(id, trace, store)}
              {Waiting(id, isHidden: trace is not null)}
              {Panes(isHidden: trace is null)}
              <noscript><p class="empty">The waterfall is drawn by a script. Please allow scripts for this page.</p></noscript>
            </main>
            """));
    }

    /// <summary>The lines, for the page's script; 304 where nothing is new. A trace that is not here may still come.</summary>
    public static IResult GetWaterfall(string traceId, HttpContext context, TelemetryStore store)
    {
        var id = traceId.ToLowerInvariant();
        // read before the trace: what comes in between is sent twice rather than never
        var revision = store.TraceRevision(id);
        if (Revision.IsKnown(context, revision))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }
        var json = store.Trace(id) is { } trace ? WaterfallJson.Write(trace, Formats.ResourceNames(store.Resources)) : WaterfallJson.WriteNone();
        return TypedResults.Bytes(json, "application/json; charset=utf-8");
    }

    /// <summary>The facts in the page's head that change while a trace grows.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(TraceSummary summary, Waterfall waterfall)
    {
        yield return ("operation", summary.Root.DisplayName);
        yield return ("duration", Formats.Duration(summary.Duration));
        yield return ("resources", Number(summary.Resources.Count));
        yield return ("depth", Number(waterfall.Depth));
        yield return ("spans", Number(summary.SpanCount));
        yield return ("errors", Number(summary.ErrorCount));

        static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }

    private static Html Head(string id, TraceSnapshot? trace, TelemetryStore store)
    {
        var fields = trace is null ? [] : Fields(trace.Summary, Waterfall.Of(trace)).ToDictionary(field => field.Name, field => field.Value);
        return Html.Of($"""
            <header class="head"{Hidden(trace is null)}>
              <p class="crumbs"><a href="/traces">Traces</a> <span aria-hidden="true">/</span> <code data-testid="trace-id" title="{id}">{id}</code></p>
              <h1 data-testid="trace-name">{RootResource(trace, store)}<span data-field="operation">{fields.GetValueOrDefault("operation")}</span></h1>
              <dl class="facts">
                <div><dt>Started</dt><dd data-testid="trace-start">{(trace is null ? Html.None : Formats.Time(trace.Summary.Start))}</dd></div>
                {Html.Concat(FactNames.Select(Fact))}
              </dl>
            </header>
            """);

        Html Fact(string name) => Html.Of($"""<div class="fact-{name}"><dt>{char.ToUpperInvariant(name[0]) + name[1..]}</dt><dd data-field="{name}" data-testid="trace-{name}">{fields.GetValueOrDefault(name)}</dd></div>""");
    }

    private static Html RootResource(TraceSnapshot? trace, TelemetryStore store) => trace is null
        ? Html.None
        : Html.Of($"""<span class="resource {Palette.Class(trace.Summary.Root.Resource)}">{Formats.ResourceNames(store.Resources)(trace.Summary.Root.Resource)}</span> """);

    private static Html Waiting(string id, bool isHidden) => Html.Of($"""
        <section class="empty waiting" data-testid="waiting"{Hidden(isHidden)}>
          <span class="pulse" aria-hidden="true"></span>
          <h1>Waiting for this trace</h1>
          <p>No span of trace <code>{id}</code> is here.</p>
          <p>It shows up here as soon as one comes. The spans of a run that has just begun take a second or two; an old trace may have made room for newer ones.</p>
          <p><a class="button" href="/traces">To the traces</a></p>
        </section>
        """);

    private static Html Panes(bool isHidden) => Html.Of($"""
        <div class="panes"{Hidden(isHidden)}>
          <section class="waterfall" aria-label="Spans">
            <div class="tools">
              <label class="search">{Layout.Icon("search")}<span class="hidden">Filter spans</span>
                <input id="filter" type="search" placeholder="Filter spans…" autocomplete="off" data-testid="filter-spans"></label>
              <span class="matches" role="status" data-testid="span-matches"></span>
              <button type="button" id="collapse" data-testid="collapse-all">{Layout.Icon("collapse")}Collapse all</button>
              <button type="button" id="expand" data-testid="expand-all">{Layout.Icon("expand")}Expand all</button>
            </div>
            <div class="axis" aria-hidden="true"><span class="axis-name">Name</span><ol id="axis" data-testid="axis"></ol></div>
            <div id="tree" role="tree" tabindex="0" aria-label="Spans of this trace" data-testid="waterfall"><div id="rows"></div></div>
          </section>
          <aside id="pane" aria-label="Span" data-testid="span-pane" hidden></aside>
        </div>
        """);

    private static Html Hidden(bool isHidden) => isHidden ? Html.Of($" hidden") : Html.None;

    private static bool IsTraceId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);
}
