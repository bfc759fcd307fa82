using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Submission;

/// <summary>Reads a spec's JSON, more strictly than the serializer does by itself, and says in the caller's words what is wrong.</summary>
internal static class SpecParser
{
    // More than a spec with all of its lists full has. Each becomes an object of many times the size of its text.
    private const int MaxTokens = 50_000;

    // As JSON writes them, escapes included; a good one is far shorter (JobRequestValidator). The serializer keeps several
    // copies of one that it complains of.
    private const int MaxTokenNameBytes = 1 << 20;

    private const int MaxFieldLength = 256;

    // A misspelt field would be a setting that silently does nothing, and of two that are the same one would.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads UTF-8, with or without the byte order mark that some editors begin it with.</summary>
    /// <exception cref="InvalidSubmissionException">It is no JSON, or not that of a spec.</exception>
    public static JobRequest Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        // The serializer looks at the texts that it converts, not at those it keeps as they are.
        if (!Utf8.IsValid(json))
        {
            throw new InvalidSubmissionException(Problem.InvalidJson("It is not valid UTF-8."));
        }

        try
        {
            CheckTokens(json);
            return JsonSerializer.Deserialize<JobRequest>(json, Options)
                ?? throw new InvalidSubmissionException(Problem.InvalidJson("The spec is null; it must be an object."));
        }
        catch (JsonException e)
        {
            throw new InvalidSubmissionException(Describe(e));
        }
    }

    /// <summary>Looks at the text alone: what would take much memory as objects is refused before there are any.</summary>
    private static void CheckTokens(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        for (var tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new InvalidSubmissionException(Problem.InvalidField("spec", $"May have {MaxTokens} names and values."));
            }

            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.Length > MaxTokenNameBytes)
            {
                throw new InvalidSubmissionException(Problem.InvalidField("spec", $"A name may have {MaxTokenNameBytes} bytes."));
            }
        }
    }

    /// <summary>The serializer's complaint without its .NET types: a field by its path where it knows one, else the place in the text.</summary>
    private static IResult Describe(JsonException e)
    {
        (string Mark, string Error)[] known =
        [
            ("could not be mapped", "There is no such field."),
            ("could not be converted", "The value is of the wrong type or out of range."),
            ("doesn't allow setting null", "Must not be null."),
            ("Duplicate propert", "Stands twice."),
        ];
        if (known.FirstOrDefault(entry => e.Message.Contains(entry.Mark, StringComparison.Ordinal)).Error is not { } error)
        {
            // The first sentence says what is wrong; those after it are for whoever configures the serializer.
            return Problem.InvalidJson($"{e.Message.Split(". ")[0]} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }

        var field = e.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "spec";
        return Problem.InvalidField(field.Length <= MaxFieldLength ? field : $"{field[..MaxFieldLength]}…", error);
    }
}
