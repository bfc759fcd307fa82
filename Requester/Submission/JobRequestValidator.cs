using System.Globalization;
using System.Text;
using System.Text.Json;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Submission;

/// <summary>Checks a job request before anything of it is stored. Each error names the field by its path in the spec.</summary>
internal sealed class JobRequestValidator
{
    private const int MaxNameBytes = 256;
    private const int MaxListLength = 1000;
    private const int MaxTextBytes = 64 << 10;

    private static readonly string[] ReservedVariables = ["WASMASPIRE_JOB_ID", "WASMASPIRE_EXECUTION_ID", "TRACEPARENT", "TRACESTATE", "BAGGAGE"];

    private readonly Dictionary<string, string[]> errors = [];

    private JobRequestValidator()
    {
    }

    /// <summary>What is wrong with a request, by field; empty for a good one.</summary>
    public static Dictionary<string, string[]> Validate(JobRequest request)
    {
        var validator = new JobRequestValidator();
        validator.CheckText("name", request.Name ?? "", MaxNameBytes);
        validator.CheckModule(request.Module);
        validator.CheckEntrypoint(request);
        validator.CheckArgs(request.Args);
        validator.CheckEnvironment(request.Env);
        if (request.Stdin is { } stdin)
        {
            validator.CheckContent("stdin", stdin);
        }

        validator.CheckInputs(request.Inputs);
        validator.CheckLimits(request);
        validator.CheckLabels(request.Labels);
        validator.CheckNotYet(request);
        return validator.errors;
    }

    private void CheckModule(ContentRequest? module)
    {
        if (module is null)
        {
            Add("module", "Required: give its sha256 (POST /modules answers it) or its bytes in base64.");
        }
        else if (module.Text is not null)
        {
            Add("module.text", "A module is binary: give its sha256 or its bytes in base64.");
        }
        else
        {
            CheckContent("module", module);
        }
    }

    private void CheckEntrypoint(JobRequest request)
    {
        CheckText("entrypoint", request.Entrypoint, MaxNameBytes);
        if (request.Entrypoint.Length == 0)
        {
            Add("entrypoint", "Must be the name of an exported function.");
        }

        CheckLength("entrypointArgs", request.EntrypointArgs.Count);
        for (var i = 0; i < request.EntrypointArgs.Count; i++)
        {
            if (request.EntrypointArgs[i].ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
            {
                Add($"entrypointArgs[{i}]", "Must be a number, or a string for i64, NaN and infinities.");
            }
        }
    }

    private void CheckArgs(IReadOnlyList<string> args)
    {
        CheckLength("args", args.Count);
        for (var i = 0; i < args.Count; i++)
        {
            CheckText($"args[{i}]", args[i], MaxTextBytes);
        }
    }

    private void CheckEnvironment(IReadOnlyDictionary<string, string> env)
    {
        CheckLength("env", env.Count);
        foreach (var (name, value) in env)
        {
            CheckText($"env.{name}", value, MaxTextBytes);
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            {
                Add($"env.{name}", "A name has at least one character, and neither '=' nor NUL.");
            }
            else if (ReservedVariables.Contains(name, StringComparer.Ordinal))
            {
                Add($"env.{name}", "The node sets this variable itself.");
            }
        }
    }

    private void CheckInputs(IReadOnlyList<InputRequest> inputs)
    {
        CheckLength("inputs", inputs.Count);
        var files = new HashSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        if (inputs.Contains(null!))
        {
            Add("inputs", "Must not hold null.");
            return;
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            var path = inputs[i].Path;
            CheckContent($"inputs[{i}]", inputs[i].Content);
            if (!IsPath(path))
            {
                Add($"inputs[{i}].path", "Must be an absolute path of plain names, such as /data/file.txt.");
                continue;
            }

            if (!files.Add(path))
            {
                Add($"inputs[{i}].path", $"'{path}' is given twice.");
            }

            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                folders.Add(path[..slash]);
            }
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (folders.Contains(inputs[i].Path))
            {
                Add($"inputs[{i}].path", $"'{inputs[i].Path}' is a file here and a folder of another input.");
            }
        }
    }

    private static bool IsPath(string path) =>
        path.Length > 1 && path[0] == '/'
        && Encoding.UTF8.GetByteCount(path) <= 4096
        && !path.Contains('\0', StringComparison.Ordinal)
        && path[1..].Split('/').All(name => name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= 255);

    private void CheckLimits(JobRequest request)
    {
        var limits = request.Limits;
        CheckRange("limits.timeoutSeconds", limits.TimeoutSeconds, 0.1, 3600);
        CheckRange("limits.memoryBytes", limits.MemoryBytes, 64 << 10, 4L << 30);
        CheckRange("limits.stdoutBytes", limits.StdoutBytes, 0, 64 << 20);
        CheckRange("limits.stderrBytes", limits.StderrBytes, 0, 64 << 20);
        CheckRange("limits.outputBytes", limits.OutputBytes, 0, 1 << 30);
        CheckRange("maxAttempts", request.MaxAttempts, 1, 100);
        CheckRange("observe.minSpanMicroseconds", request.Observe.MinSpanMicroseconds, 0, 3600e6);
        CheckRange("observe.maxSpans", request.Observe.MaxSpans, 0, 1_000_000);
        if (request.Observe.Instrument is not ("none" or "auto"))
        {
            Add("observe.instrument", "Must be 'none' or 'auto'.");
        }
    }

    private void CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        CheckLength("labels", labels.Count);
        foreach (var (name, value) in labels)
        {
            CheckText($"labels.{name}", name, MaxNameBytes);
            CheckText($"labels.{name}", value, MaxNameBytes);
        }
    }

    /// <summary>What the contract has and this version does not do: said, rather than ignored.</summary>
    private void CheckNotYet(JobRequest request)
    {
        void Refuse(string field, bool used)
        {
            if (used)
            {
                Add(field, "This version does not support it yet; leave it out.");
            }
        }

        Refuse("outputs", request.Outputs.Count > 0);
        Refuse("imports", request.Imports.Count > 0);
        Refuse("priority", request.Priority != 0);
        Refuse("limits.fuel", request.Limits.Fuel is not null);
        Refuse("observe.fuel", request.Observe.Fuel);
        Refuse("observe.instrument", request.Observe.Instrument == "auto");
    }

    private void CheckContent(string field, ContentRequest content)
    {
        var given = (content.Sha256 is null ? 0 : 1) + (content.Base64 is null ? 0 : 1) + (content.Text is null ? 0 : 1);
        if (given != 1)
        {
            Add(field, $"Needs exactly one of sha256, base64 and text; {given} are given.");
        }

        if (content.Sha256 is { } sha256 && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)))
        {
            Add($"{field}.sha256", "Must be 64 lower-case hexadecimal digits.");
        }
    }

    private void CheckText(string field, string? text, int maxBytes)
    {
        // The serializer lets null into lists and dictionaries.
        if (text is null)
        {
            Add(field, "Must not be null.");
            return;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Add(field, "Must not hold NUL.");
        }

        if (Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            Add(field, $"May have {maxBytes} bytes as UTF-8.");
        }
    }

    private void CheckLength(string field, int count)
    {
        if (count > MaxListLength)
        {
            Add(field, $"May have {MaxListLength} entries; {count} are given.");
        }
    }

    private void CheckRange(string field, double value, double minimum, double maximum)
    {
        if (!(value >= minimum && value <= maximum))
        {
            Add(field, string.Create(CultureInfo.InvariantCulture, $"Must be between {minimum} and {maximum}; it is {value}."));
        }
    }

    private void Add(string field, string error) =>
        errors[field] = errors.TryGetValue(field, out var known) ? [.. known, error] : [error];
}
