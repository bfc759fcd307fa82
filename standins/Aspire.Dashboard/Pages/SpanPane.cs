using System.Globalization;
using Aspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Pages;

/// <summary>All that is known of one span, for the pane beside the waterfall.</summary>
internal static class SpanPane
{
    public static IResult Get(string traceId, string spanId, TelemetryStore store)
    {
        if (store.Span(traceId.ToLowerInvariant(), spanId.ToLowerInvariant()) is not { } snapshot)
        {
            return TypedResults.Problem("No such span is here.", statusCode: StatusCodes.Status404NotFound);
        }
        var names = Formats.ResourceNames(store.Resources);
        var span = snapshot.Span;
        var message = span.Message;
        return new HtmlResult(Html.Of($"""
            <header>
              <h2 class="{Palette.Class(span.Resource)}" data-testid="span-title"><span class="resource">{names(span.Resource)}</span> {span.DisplayName}</h2>
              <button type="button" class="close" aria-label="Close" data-testid="close-pane">{Layout.Icon("close")}</button>
            </header>
            <div class="body" tabindex="-1">
              {Status(message.Status)}
              {Facts(snapshot, names)}
              {Section("Attributes", "attributes", message.Attributes.Count, message.DroppedAttributesCount, Attributes(message.Attributes))}
              {Section("Events", "events", message.Events.Count, message.DroppedEventsCount, Html.Concat(message.Events.OrderBy(each => each.TimeUnixNano).Select(each => Event(each, span))))}
              {Section("Logs", "logs", snapshot.Logs.Count, 0, Html.Concat(snapshot.Logs.Select(log => Log(log, span))))}
              {Section("Links", "links", snapshot.Links.Count, message.DroppedLinksCount, Html.Concat(snapshot.Links.Select(link => Link(link, "link", names))))}
              {Section("Backlinks", "backlinks", snapshot.BackLinks.Count, 0, Html.Concat(snapshot.BackLinks.Select(link => Link(link, "backlink", names))))}
              {Section("Resource", "resource", span.Resource.Message.Attributes.Count, span.Resource.Message.DroppedAttributesCount, Attributes(span.Resource.Message.Attributes), isOpen: false)}
            </div>
            """));
    }

    private static Html Status(Status? status) => status?.Code switch
    {
        OpenTelemetry.Proto.Trace.V1.Status.Types.StatusCode.Error => Html.Of($"""<p class="status error" data-testid="status" data-status="Error">{Layout.Icon("error")}<span><b>Error</b> {status.Message}</span></p>"""),
        OpenTelemetry.Proto.Trace.V1.Status.Types.StatusCode.Ok => Html.Of($"""<p class="status ok" data-testid="status" data-status="Ok">{Layout.Icon("ok")}<span><b>Ok</b> {status.Message}</span></p>"""),
        _ => Html.None,
    };

    private static Html Facts(SpanSnapshot snapshot, Func<StoredResource, string> names)
    {
        var span = snapshot.Span;
        return Html.Of($"""
            <dl class="properties" data-testid="span-facts">
              {Fact("Name", Html.Of($"{span.Name}"))}
              {Fact("Kind", Html.Of($"{Layout.Icon(SpanKinds.Icon(span.Message))}{SpanKinds.Name(span.Message.Kind)}"))}
              {Fact("Resource", Html.Of($"""<span class="chip {Palette.Class(span.Resource)}"><i></i>{names(span.Resource)}</span>"""))}
              {Fact("Started", Formats.Time(span.Start))}
              {Fact("Duration", Html.Of($"{Formats.Duration(span.Duration)}"))}
              {Fact("Scope", Html.Of($"{span.Scope.Name} {span.Scope.Message.Version}"))}
              {Fact("Span id", Html.Of($"<code>{span.SpanId}</code>"))}
              {Fact("Parent", Parent(snapshot))}
              {Fact("Trace id", Html.Of($"<code>{span.TraceId}</code>"))}
              {(span.Message.TraceState.Length > 0 ? Fact("Trace state", Html.Of($"<code>{span.Message.TraceState}</code>")) : Html.None)}
            </dl>
            """);
    }

    private static Html Parent(SpanSnapshot snapshot) => snapshot switch
    {
        { Parent: { } parent } => Html.Of($"""<a href="?spanId={parent.SpanId}" data-span="{parent.SpanId}">{parent.DisplayName}</a> <code>{parent.SpanId}</code>"""),
        { Span.ParentSpanId: { } missing } => Html.Of($"""<code>{missing}</code> <span class="badge" data-testid="parent-missing">has not come</span>"""),
        _ => Html.Of($"none"),
    };

    private static Html Fact(string name, Html value) => Html.Of($"""<div><dt>{name}</dt><dd>{value}</dd></div>""");

    /// <summary>Nothing for nothing: an empty section says no more than no section.</summary>
    private static Html Section(string title, string id, int count, uint dropped, Html content, bool isOpen = true) => count == 0 && dropped == 0
        ? Html.None
        : Html.Of($"""
            <details data-section="{id}" data-testid="section-{id}"{(isOpen ? Html.Of($" open") : Html.None)}>
              <summary>{title} <b>{count}</b></summary>
              {content}
              {(dropped > 0 ? Html.Of($"""<p class="dropped">{dropped} more were dropped.</p>""") : Html.None)}
            </details>
            """);

    private static Html Attributes(IEnumerable<KeyValue> attributes) => Html.Of($"""
        <dl class="properties">{Html.Concat(attributes.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => Html.Of($"""<div data-key="{each.Key}"><dt>{each.Key}</dt><dd>{each.Value.Text()}</dd></div>""")))}</dl>
        """);

    private static Html Event(Span.Types.Event each, StoredSpan span) => Html.Of($"""
        <article data-testid="event" data-name="{each.Name}">
          <h3>{each.Name} <span class="offset">{Offset(each.TimeUnixNano, span)}</span></h3>
          {Attributes(each.Attributes)}
        </article>
        """);

    private static Html Log(StoredLog log, StoredSpan span) => Html.Of($"""
        <article class="{Severities.Class(log.Severity)}" data-testid="log" data-severity="{Severities.Name(log.Severity)}">
          <h3><span class="severity">{Severities.Name(log.Severity)}</span> <span class="scope">{log.Scope.Name}</span> <span class="offset">{Offset(log.Time, span)}</span></h3>
          <p class="message">{log.Body}</p>
          {Attributes(log.Message.Attributes)}
        </article>
        """);

    private static Html Link(LinkedSpan link, string testId, Func<StoredResource, string> names)
    {
        var (traceId, spanId) = link.Reference;
        var label = link.Span is { } span
            ? Html.Of($"""<span class="resource {Palette.Class(span.Resource)}">{names(span.Resource)}</span> {span.DisplayName}""")
            : Html.Of($"A span that is not here");
        return Html.Of($"""
            <article data-testid="{testId}">
              <h3><a href="/traces/detail/{traceId}?spanId={spanId}">{label}</a></h3>
              <p><code>{traceId}</code> <code>{spanId}</code></p>
              {Attributes(link.Attributes)}
            </article>
            """);
    }

    /// <summary>When in the span it was.</summary>
    private static string Offset(ulong time, StoredSpan span) => time < span.Start
        ? string.Create(CultureInfo.InvariantCulture, $"−{Formats.Duration(span.Start - time)}")
        : string.Create(CultureInfo.InvariantCulture, $"+{Formats.Duration(time - span.Start)}");
}
