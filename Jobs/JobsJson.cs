using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmAspire.Jobs;

/// <summary>JSON as it lies in Redis.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(IReadOnlyList<OutputFile>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class JobsJson : JsonSerializerContext;
