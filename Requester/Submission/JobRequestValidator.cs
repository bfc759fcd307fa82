using System.Globalization;
using System.Text;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Submission;

/// <summary>Checks a job request before anything of it is stored. Each error names the field by its path in the spec.</summary>
internal sealed class JobRequestValidator
{
    /// <summary>The most entries of a list in the spec.</summary>
    public const int MaxListLength = 1000;

    /// <summary>The most modules that a job may have beside its own: each is an instance with a memory of its own.</summary>
    public const int MaxImports = 32;

    private const int MaxNameBytes = 256;
    private const int MaxNumberLength = 64;

    // What stands in the spec itself is read again with each look at the job and each page of the list: large things are
    // contents. The figure is what Linux allows one argument (MAX_ARG_STRLEN).
    private const int MaxSpecBytes = 128 << 10;

    private static readonly string[] ReservedVariables = ["WASMASPIRE_JOB_ID", "WASMASPIRE_EXECUTION_ID", "TRACEPARENT", "TRACESTATE", "BAGGAGE"];

    private readonly Dictionary<string, string[]> errors = [];

    private JobRequestValidator()
    {
    }

    /// <summary>What is wrong with a request, by field; empty for a good one.</summary>
    public static Dictionary<string, string[]> Validate(JobRequest request)
    {
        var validator = new JobRequestValidator();
        validator.CheckSizes(request);
        if (validator.errors.Count == 0)
        {
            // Only now: what follows may give an error for each entry.
            validator.CheckFields(request);
        }

        return validator.errors;
    }

    private void CheckSizes(JobRequest request)
    {
        CheckLength("entrypointArgs", request.EntrypointArgs.Count);
        CheckLength("args", request.Args.Count);
        CheckLength("env", request.Env.Count);
        CheckLength("inputs", request.Inputs.Count);
        CheckLength("outputs", request.Outputs.Count);
        CheckLength("imports", request.Imports.Count, MaxImports);
        CheckLength("labels", request.Labels.Count);
        IEnumerable<string?> texts =
        [
            request.Name,
            request.Entrypoint,
            .. request.Args,
            .. request.Env.Keys,
            .. request.Env.Values,
            .. request.Labels.Keys,
            .. request.Labels.Values,
            .. request.Inputs.Select(input => input?.Path),
            .. request.Imports.Select(import => import?.Name),
            .. request.Outputs.Select(output => output?.Path),
        ];
        var bytes = texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text ?? ""));
        if (bytes > MaxSpecBytes)
        {
            Add("spec", $"Names, args, env, labels and paths may have {MaxSpecBytes} bytes together; they have {bytes}. Give large data as stdin or inputs.");
        }
    }

    private void CheckFields(JobRequest request)
    {
        CheckText("name", request.Name ?? "");
        CheckNameLength("name", request.Name ?? "");
        CheckModule(request.Module);
        CheckEntrypoint(request);
        for (var i = 0; i < request.Args.Count; i++)
        {
            CheckText($"args[{i}]", request.Args[i]);
        }

        CheckEnvironment(request.Env);
        if (request.Stdin is { } stdin)
        {
            CheckContent("stdin", stdin);
        }

        CheckInputs(request.Inputs);
        CheckOutputs(request);
        CheckImports(request.Imports);
        CheckLimits(request);
        CheckLabels(request.Labels);
        CheckNotYet(request);
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
            CheckContent("module", module, "sha256 and base64");
        }
    }

    private void CheckEntrypoint(JobRequest request)
    {
        CheckText("entrypoint", request.Entrypoint);
        CheckNameLength("entrypoint", request.Entrypoint);
        if (request.Entrypoint.Length == 0)
        {
            Add("entrypoint", "Must be the name of an exported function.");
        }

        for (var i = 0; i < request.EntrypointArgs.Count; i++)
        {
            if (!IsNumber(request.EntrypointArgs[i]))
            {
                Add($"entrypointArgs[{i}]", "Must be a number, or a number in a string for i64, NaN and Infinity.");
            }
        }
    }

    private static bool IsNumber(JsonElement argument)
    {
        // The raw text, since a string may hold what is no text at all.
        var text = argument.GetRawText();
        return text.Length <= MaxNumberLength
            && argument.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && double.TryParse(text.Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private void CheckEnvironment(IReadOnlyDictionary<string, string> env)
    {
        foreach (var (name, value) in env)
        {
            CheckText($"env.{name}", value);
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
        if (inputs.Contains(null!))
        {
            Add("inputs", "Must not hold null.");
            return;
        }

        var files = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Count; i++)
        {
            var path = inputs[i].Path;
            CheckContent($"inputs[{i}]", inputs[i].Content);
            if (!GuestPath.IsValid(path))
            {
                Add($"inputs[{i}].path", $"Must be an absolute path of plain names, such as /data/file.txt, with at most {GuestPath.MaxBytes} bytes and {GuestPath.MaxNameBytes} a name.");
            }
            else if (!files.Add(path))
            {
                Add($"inputs[{i}].path", $"'{path}' is given twice.");
            }
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (GuestPath.FolderAmong(files, inputs[i].Path) is { } file)
            {
                Add($"inputs[{i}].path", $"'{file}' is a file of another input and cannot be a folder.");
            }
        }
    }

    private void CheckOutputs(JobRequest request)
    {
        if (request.Outputs.Contains(null!))
        {
            Add("outputs", "Must not hold null.");
            return;
        }

        var files = request.Inputs.Select(input => input?.Path ?? "").ToHashSet(StringComparer.Ordinal);
        if (files.Contains(JobSpec.TemporaryFolder))
        {
            Add("inputs", $"'{JobSpec.TemporaryFolder}' is a folder of every guest and cannot be a file.");
        }

        for (var i = 0; i < request.Outputs.Count; i++)
        {
            var path = request.Outputs[i].Path;
            if (path != "/" && !GuestPath.IsValid(path))
            {
                Add($"outputs[{i}].path", $"Must be / or an absolute path of plain names, such as /outputs, with at most {GuestPath.MaxBytes} bytes and {GuestPath.MaxNameBytes} a name.");
            }
            else if (files.Contains(path) || GuestPath.FolderAmong(files, path) is not null)
            {
                Add($"outputs[{i}].path", "An input is a file there; an output is a folder.");
            }
        }
    }

    private void CheckImports(IReadOnlyList<ImportRequest> imports)
    {
        if (imports.Contains(null!))
        {
            Add("imports", "Must not hold null.");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < imports.Count; i++)
        {
            var name = imports[i].Name;
            CheckContent($"imports[{i}]", new ContentRequest { Sha256 = imports[i].Sha256, Base64 = imports[i].Base64 }, "sha256 and base64");
            CheckText($"imports[{i}].name", name);
            CheckNameLength($"imports[{i}].name", name ?? "");
            if (name is "" || HostModules.IsReserved(name ?? ""))
            {
                Add($"imports[{i}].name", $"Must be a name, and none of the host's own modules: {HostModules.Names}.");
            }
            else if (!names.Add(name ?? ""))
            {
                Add($"imports[{i}].name", $"'{name}' is given twice.");
            }
        }
    }

    private void CheckLimits(JobRequest request)
    {
        var limits = request.Limits;
        CheckRange("limits.timeoutSeconds", limits.TimeoutSeconds, 0.1, 3600);
        CheckRange("limits.memoryBytes", limits.MemoryBytes, 64 << 10, 4L << 30);
        CheckRange("limits.stdoutBytes", limits.StdoutBytes, 0, 64 << 20);
        CheckRange("limits.stderrBytes", limits.StderrBytes, 0, 64 << 20);
        CheckRange("limits.outputBytes", limits.OutputBytes, 0, 1 << 30);
        if (limits.Fuel is { } fuel and < 1)
        {
            Add("limits.fuel", $"Must be at least 1, or null for no limit; it is {fuel}.");
        }

        CheckRange("maxAttempts", request.MaxAttempts, 1, 100);
        CheckRange("observe.minSpanMicroseconds", request.Observe.MinSpanMicroseconds, 0, 3600e6);
        CheckRange("observe.maxSpans", request.Observe.MaxSpans, 0, 1_000_000);
        if (request.Observe.Instrument is not (ObserveSettings.None or ObserveSettings.Automatic))
        {
            Add("observe.instrument", "Must be 'none' or 'auto'.");
        }
    }

    private void CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (name, value) in labels)
        {
            CheckText($"labels.{name}", value);
            CheckNameLength($"labels.{name}", name);
            CheckNameLength($"labels.{name}", value ?? "");
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            {
                Add($"labels.{name}", "A name has at least one character, and neither ':' nor NUL: jobs are found by name:value.");
            }
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

        Refuse("priority", request.Priority != 0);
    }

    private void CheckContent(string field, ContentRequest content, string forms = "sha256, base64 and text")
    {
        var given = (content.Sha256 is null ? 0 : 1) + (content.Base64 is null ? 0 : 1) + (content.Text is null ? 0 : 1);
        if (given != 1)
        {
            Add(field, $"Needs exactly one of {forms}; {given} are given.");
        }

        if (content.Sha256 is { } sha256 && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)))
        {
            Add($"{field}.sha256", "Must be 64 lower-case hexadecimal digits.");
        }
    }

    private void CheckText(string field, string? text)
    {
        // The serializer lets null into lists and dictionaries.
        if (text is null)
        {
            Add(field, "Must not be null.");
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            Add(field, "Must not hold NUL.");
        }
    }

    private void CheckNameLength(string field, string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            Add(field, $"May have {MaxNameBytes} bytes as UTF-8.");
        }
    }

    private void CheckLength(string field, int count, int limit = MaxListLength)
    {
        if (count > limit)
        {
            Add(field, $"May have {limit} entries; {count} are given.");
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
