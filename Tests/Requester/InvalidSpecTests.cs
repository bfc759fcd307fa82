using System.Globalization;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>What is wrong with a spec is said by field, and nothing of it is stored.</summary>
public sealed class InvalidSpecTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private const string NoSuchField = "There is no such field.";
    private const string NotYet = "This version does not support it yet; leave it out.";
    private const string ImportName = "Must be a name, and none of the host's own modules: wasi_snapshot_preview1, wasi_unstable, dylibso:observe/api, dylibso:observe/instrument, dylibso_observe, wasmaspire:memory.";
    private const string OutputPath = "Must be / or an absolute path of plain names, such as /outputs, with at most 4096 bytes and 255 a name.";
    private const string NotNull = "Must not be null.";
    private const string NoNul = "Must not hold NUL.";
    private const string Path = "Must be an absolute path of plain names, such as /data/file.txt, with at most 4096 bytes and 255 a name.";
    private const string Range = "The value is of the wrong type or out of range.";
    private const string Twice = "Stands twice.";
    private const string Number = "Must be a number, or a number in a string for i64, NaN and Infinity.";
    private const string LabelName = "A name has at least one character, and neither ':' nor NUL: jobs are found by name:value.";
    private const string VariableName = "A name has at least one character, and neither '=' nor NUL.";
    private const string Sha256 = "Must be 64 lower-case hexadecimal digits.";

    public static TheoryData<string, string[]> Fields => new()
    {
        // names and types
        { "\"colour\":1", [$"colour: {NoSuchField}"] },
        { "\"limits\":{\"seconds\":1}", [$"limits.seconds: {NoSuchField}"] },
        { "\"inputs\":[{\"path\":\"/a\",\"text\":\"\",\"mode\":1}]", [$"inputs[0].mode: {NoSuchField}"] },
        { "\"args\":\"x\"", [$"args: {Range}"] },
        { "\"args\":[1]", [$"args[0]: {Range}"] },
        { "\"args\":null", [$"args: {NotNull}"] },
        { "\"args\":[null,\"\\u0000\"]", [$"args[0]: {NotNull}", $"args[1]: {NoNul}"] },
        { "\"maxAttempts\":\"3\"", [$"maxAttempts: {Range}"] },
        { "\"maxAttempts\":1.5", [$"maxAttempts: {Range}"] },
        { "\"maxAttempts\":99999999999999999999", [$"maxAttempts: {Range}"] },
        { "\"name\":\"a\",\"name\":\"b\"", [$"name: {Twice}"] },
        { "\"name\":\"a\",\"Name\":\"b\"", [$"Name: {Twice}"] },
        { "\"env\":{\"A\":\"1\",\"A\":\"2\"}", [$"env.A: {Twice}"] },
        // text
        { "\"name\":\"a\\u0000\"", [$"name: {NoNul}"] },
        { $"\"name\":\"{new string('é', 129)}\"", ["name: May have 256 bytes as UTF-8."] },
        { "\"name\":\"\\ud800\"", [$"name: {Range}"] },
        { "\"entrypoint\":\"\"", ["entrypoint: Must be the name of an exported function."] },
        { $"\"entrypoint\":\"{new string('e', 257)}\"", ["entrypoint: May have 256 bytes as UTF-8."] },
        { "\"entrypointArgs\":[\"\\ud800\",null,{},true,\"0x1\",\"\",\" \",\"\\u0031\"]", [.. Enumerable.Range(0, 8).Select(i => $"entrypointArgs[{i}]: {Number}")] },
        { $"\"entrypointArgs\":[1{new string('0', 64)}]", [$"entrypointArgs[0]: {Number}"] },
        // environment and labels
        { "\"env\":{\"\":\"\",\"A=B\":\"\",\"N\":null,\"V\":\"\\u0000\"}", [$"env.: {VariableName}", $"env.A=B: {VariableName}", $"env.N: {NotNull}", $"env.V: {NoNul}"] },
        { "\"env\":{\"TRACEPARENT\":\"\",\"WASMASPIRE_JOB_ID\":\"\",\"BAGGAGE\":\"\"}", ["env.TRACEPARENT: The node sets this variable itself.", "env.WASMASPIRE_JOB_ID: The node sets this variable itself.", "env.BAGGAGE: The node sets this variable itself."] },
        { "\"labels\":{\"\":\"\",\"a:b\":\"\",\"n\":null}", [$"labels.: {LabelName}", $"labels.a:b: {LabelName}", $"labels.n: {NotNull}"] },
        { $"\"labels\":{{\"n\":\"{new string('v', 257)}\"}}", ["labels.n: May have 256 bytes as UTF-8."] },
        // contents
        { "\"stdin\":{}", ["stdin: Needs exactly one of sha256, base64 and text; 0 are given."] },
        { "\"stdin\":{\"text\":\"\",\"base64\":\"\"}", ["stdin: Needs exactly one of sha256, base64 and text; 2 are given."] },
        { "\"stdin\":{\"base64\":\"@\"}", [$"stdin.base64: {Range}"] },
        { $"\"stdin\":{{\"sha256\":\"{new string('A', 64)}\"}}", [$"stdin.sha256: {Sha256}"] },
        { $"\"stdin\":{{\"sha256\":\"{new string('0', 64)}\"}}", [$"stdin.sha256: Nothing is stored under {new string('0', 64)}. POST /modules stores a module; other content is given as text or base64 once."] },
        // inputs
        { "\"inputs\":[null]", ["inputs: Must not hold null."] },
        { "\"inputs\":[{}]", ["inputs[0]: Needs exactly one of sha256, base64 and text; 0 are given.", $"inputs[0].path: {Path}"] },
        { Inputs("a", "/", "//a", "/a/", "/a/../b", "/./a", "/a\\u0000"), [.. Enumerable.Range(0, 7).Select(i => $"inputs[{i}].path: {Path}")] },
        { Inputs("/" + new string('n', 256), string.Concat(Enumerable.Repeat("/abc", 1025))), [$"inputs[0].path: {Path}", $"inputs[1].path: {Path}"] },
        { Inputs("/a/b", "/a/b", "/a", "/a/b/c/d"), ["inputs[1].path: '/a/b' is given twice.", "inputs[1].path: '/a' is a file of another input and cannot be a folder.", "inputs[0].path: '/a' is a file of another input and cannot be a folder.", "inputs[3].path: '/a' is a file of another input and cannot be a folder."] },
        // imports
        { "\"imports\":[null]", ["imports: Must not hold null."] },
        { "\"imports\":[{}]", ["imports[0]: Needs exactly one of sha256 and base64; 0 are given.", $"imports[0].name: {ImportName}"] },
        { ImportNames("", "wasi_snapshot_preview1", "dylibso:observe/api", "dylibso:observe/instrument", "dylibso_observe", "wasi_unstable"), [.. Enumerable.Range(0, 6).Select(i => $"imports[{i}].name: {ImportName}")] },
        { ImportNames("a", "b", "a", "\\u0000", new string('n', 257)), ["imports[2].name: 'a' is given twice.", $"imports[3].name: {NoNul}", "imports[4].name: May have 256 bytes as UTF-8."] },
        { $"\"imports\":[{Many("{}", 33)}]", ["imports: May have 32 entries; 33 are given."] },
        { "\"imports\":[{\"name\":\"a\",\"text\":\"\"}]", [$"imports[0].text: {NoSuchField}"] },
        { "\"imports\":[{\"name\":\"a\",\"sha256\":\"x\"}]", [$"imports[0].sha256: {Sha256}"] },
        // ranges
        { "\"limits\":{\"timeoutSeconds\":0.09,\"memoryBytes\":65535,\"stdoutBytes\":-1,\"stderrBytes\":67108865,\"outputBytes\":1073741825}", ["limits.timeoutSeconds: Must be between 0.1 and 3600; it is 0.09.", "limits.memoryBytes: Must be between 65536 and 4294967296; it is 65535.", "limits.stdoutBytes: Must be between 0 and 67108864; it is -1.", "limits.stderrBytes: Must be between 0 and 67108864; it is 67108865.", "limits.outputBytes: Must be between 0 and 1073741824; it is 1073741825."] },
        { "\"limits\":{\"timeoutSeconds\":1e999,\"memoryBytes\":4294967297}", ["limits.timeoutSeconds: Must be between 0.1 and 3600; it is Infinity.", "limits.memoryBytes: Must be between 65536 and 4294967296; it is 4294967297."] },
        { "\"maxAttempts\":0,\"observe\":{\"minSpanMicroseconds\":-1,\"maxSpans\":1000001,\"instrument\":\"all\"}", ["maxAttempts: Must be between 1 and 100; it is 0.", "observe.minSpanMicroseconds: Must be between 0 and 3600000000; it is -1.", "observe.maxSpans: Must be between 0 and 1000000; it is 1000001.", "observe.instrument: Must be 'none' or 'auto'."] },
        { "\"observe\":{\"instrument\":null}", [$"observe.instrument: {NotNull}"] },
        // not in this version
        { "\"priority\":1", [$"priority: {NotYet}"] },
        // outputs
        { "\"outputs\":[null]", ["outputs: Must not hold null."] },
        { "\"outputs\":[{\"path\":\"\"},{\"path\":\"o\"},{\"path\":\"/o/\"},{\"path\":\"/a/../b\"},{\"path\":\"//\"}]", [.. Enumerable.Range(0, 5).Select(i => $"outputs[{i}].path: {OutputPath}")] },
        { Inputs("/a/b") + ",\"outputs\":[{\"path\":\"/a/b\"},{\"path\":\"/a/b/c\"},{\"path\":\"/a\"},{\"path\":\"/\"}]", ["outputs[0].path: An input is a file there; an output is a folder.", "outputs[1].path: An input is a file there; an output is a folder."] },
        { Inputs("/tmp"), ["inputs: '/tmp' is a folder of every guest and cannot be a file."] },
        { "\"limits\":{\"fuel\":0}", ["limits.fuel: Must be at least 1, or null for no limit; it is 0."] },
        // sizes, alone: what is too long is not looked at one by one
        { $"\"args\":[{Many("\"\\u0000\"", 1001)}]", ["args: May have 1000 entries; 1001 are given."] },
        { $"\"inputs\":[{Many("{}", 1001)}],\"entrypointArgs\":[{Many("null", 1002)}]", ["entrypointArgs: May have 1000 entries; 1002 are given.", "inputs: May have 1000 entries; 1001 are given."] },
        { $"\"entrypointArgs\":[{Many("1", 50_000)}]", ["spec: May have 50000 names and values."] },
        { $"\"{new string('x', (1 << 20) + 1)}\":1", ["spec: A name may have 1048576 bytes."] },
        { $"\"{new string('x', 1000)}\":1", [$"{new string('x', 256)}…: {NoSuchField}"] },
        { $"\"env\":{{\"{new string('a', 65537)}=\":\"{new string('a', 65534)}\"}}", [TooLong(65537 + 1 + 65534 + 6)] },
        { $"\"args\":[\"{new string('é', 65537)}\"]", [TooLong(131074 + 6)] },
    };

    public static TheoryData<string, string> Documents => new()
    {
        { "", "The input does not contain any JSON tokens (line 1, byte 1)." },
        { "null", "The spec is null; it must be an object." },
        { "{\"name\": ", "Expected depth to be zero at the end of the JSON payload (line 1, byte 10)." },
        { "{\n  \"name\": x}", "'x' is an invalid start of a value (line 2, byte 11)." },
        { "{\"args\":[],}", "The JSON object contains a trailing comma at the end which is not supported in this mode (line 1, byte 12)." },
        { "{}{}", "'{' is invalid after a single JSON value (line 1, byte 3)." },
        { $"{{\"entrypointArgs\":{new string('[', 100)}", "The maximum configured depth of 64 has been exceeded (line 1, byte 82)." },
        { "{\"entrypointArgs\":[\"\u00FF\"]}", "It is not valid UTF-8." },
    };

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(Fields))]
    public async Task EachFieldThatIsWrongIsNamed(string fields, string[] errors)
    {
        using var response = await requester.Client.PostAsync("/jobs", Json.Spec(fields));

        Assert.Equal(errors, await ProblemView.ReadFieldsAsync(response));
        Assert.Null(requester.Queue.Claim("node"));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("{}", "module: Required: give its sha256 (POST /modules answers it) or its bytes in base64.")]
    [InlineData("{\"module\":{}}", "module: Needs exactly one of sha256 and base64; 0 are given.")]
    [InlineData("{\"module\":{\"text\":\"(module)\"}}", "module.text: A module is binary: give its sha256 or its bytes in base64.")]
    [InlineData("{\"module\":\"AGFzbQEAAAA=\"}", "module: " + Range)]
    [InlineData("{\"module\":{\"sha256\":\"x\"}}", "module.sha256: " + Sha256)]
    [InlineData("[]", "spec: " + Range)]
    [InlineData("7", "spec: " + Range)]
    public async Task AModuleIsRequired(string spec, string error)
    {
        using var response = await requester.Client.PostAsync("/jobs", Json.Text(spec));

        Assert.Equal([error], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(Documents))]
    public async Task WhatIsNoJsonSaysWhere(string document, string detail)
    {
        // One byte a character, so that a document may hold what is no UTF-8.
        using var response = await requester.Client.PostAsync("/jobs", Json.Bytes(System.Text.Encoding.Latin1.GetBytes(document)));

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((400, "urn:wasmaspire:problem:invalid-json", detail), (problem.Status, problem.Type, problem.Detail));
    }

    private static string TooLong(int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"spec: Names, args, env, labels and paths may have 131072 bytes together; they have {bytes}. Give large data as stdin or inputs.");

    private static string Inputs(params string[] paths) =>
        $"\"inputs\":[{string.Join(',', paths.Select(path => $"{{\"path\":\"{path}\",\"text\":\"\"}}"))}]";

    private static string ImportNames(params string[] names) =>
        $"\"imports\":[{string.Join(',', names.Select(name => $"{{\"name\":\"{name}\",\"base64\":\"\"}}"))}]";

    private static string Many(string item, int count) => string.Join(',', Enumerable.Repeat(item, count));
}
