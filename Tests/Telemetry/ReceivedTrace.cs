using System.Text;

namespace WasmAspire.Tests.Telemetry;

/// <summary>What has come of one trace.</summary>
/// <param name="Spans">Its spans, in the order they came.</param>
/// <param name="Logs">Its log records, in the order they came.</param>
internal sealed record ReceivedTrace(IReadOnlyList<ReceivedSpan> Spans, IReadOnlyList<ReceivedLog> Logs)
{
    // Attributes whose values differ from run to run, or that say nothing of the job.
    private static readonly string[] LeftOut =
    [
        "messaging.message.id", "wasm.module.sha256", "wasm.module.bytes", "wasm.module.cache", "wasmaspire.node",
        "server.port", "user_agent.original", "url.scheme", "url.path", "network.protocol.version", "server.address",
        "wasm.folded.duration_us",
    ];

    /// <summary>
    /// The trace as text, for comparing: a span a line, indented by depth, children in order of their start; with kind,
    /// service, status and attributes; below each span its guest's log records.
    /// </summary>
    public string Tree()
    {
        var text = new StringBuilder();
        Append(text, parent: "", depth: 0);
        return text.ToString();
    }

    /// <summary>The one span of this name.</summary>
    public ReceivedSpan Span(string name) => Spans.Single(span => span.Name == name);

    private void Append(StringBuilder text, string parent, int depth)
    {
        foreach (var span in Spans.Where(span => span.ParentSpanId == parent).OrderBy(span => span.Start))
        {
            var attributes = span.Attributes.Where(pair => !LeftOut.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $" {pair.Key}={pair.Value}");
            text.Append(' ', 2 * depth)
                .Append(span.Name).Append(" (").Append(span.Service).Append(' ').Append(span.Kind).Append(')')
                .Append(span.IsError ? $" ERROR '{span.StatusMessage}'" : "")
                .AppendJoin("", attributes)
                .Append('\n');
            foreach (var log in Logs.Where(log => log.SpanId == span.SpanId && log.Category == "WasmAspire.Guest"))
            {
                text.Append(' ', (2 * depth) + 2).Append("- ").Append(log.Severity).Append(": ").Append(log.Body).Append('\n');
            }

            Append(text, span.SpanId, depth + 1);
        }
    }
}
