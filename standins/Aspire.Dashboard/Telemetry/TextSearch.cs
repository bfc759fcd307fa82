using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>Free text: every word of it must be somewhere in the item, in any case of letters.</summary>
internal sealed class TextSearch(string? text)
{
    private readonly string[] words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public bool IsEmpty => words.Length == 0;

    public bool Matches(StoredSpan span) => Array.TrueForAll(words, word =>
        Has(span.Name, word) || Has(span.DisplayName, word) || Has(span.SpanId, word) || Has(span.TraceId, word)
        || Has(span.Resource.Key.CompositeName, word) || Has(span.Scope.Name, word) || Has(span.Message.Status?.Message, word)
        || HasAny(span.Message.Attributes, word));

    public bool Matches(StoredLog log) => Array.TrueForAll(words, word =>
        Has(log.Body, word) || Has(log.SpanId, word) || Has(log.TraceId, word) || Has(log.Message.EventName, word)
        || Has(log.Resource.Key.CompositeName, word) || Has(log.Scope.Name, word) || HasAny(log.Message.Attributes, word));

    private static bool HasAny(IEnumerable<KeyValue> attributes, string word) =>
        attributes.Any(attribute => Has(attribute.Key, word) || Has(attribute.Value.Text(), word));

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
