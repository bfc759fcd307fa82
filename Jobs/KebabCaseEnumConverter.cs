using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmAspire.Jobs;

/// <summary>An enum as <c>words-with-hyphens</c>; numbers are refused.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
