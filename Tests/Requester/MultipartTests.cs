using System.Net;
using System.Net.Http.Json;
using System.Text;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class MultipartTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private const string Wasm = "Content-Disposition: form-data; name=\"wasm\"; filename=\"m.wasm\"\r\nContent-Type: application/wasm\r\n\r\n\0asm\u0001\0\0\0";

    public static TheoryData<string[], string> WrongParts => new()
    {
        { [Part("spec", "{}")], "wasm: The part is missing: it holds the module." },
        { [Wasm, Wasm], "wasm: The part stands twice." },
        { [Part("spec", "{}"), Part("spec", "{}"), Wasm], "spec: The part stands twice." },
        { [Wasm, Part("spec", $"{{{Json.Module}}}")], "module: The module is the part 'wasm'; leave it out of the spec." },
        { [Wasm, Part("spec", "{\"nam\":1}")], "nam: There is no such field." },
        { [Wasm, Part("file", "x")], "multipart: There is no part 'file': send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file." },
        { [Wasm, "Content-Disposition: form-data\r\n\r\nx"], "multipart: There is no part '': send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file." },
        { [Wasm, "\r\nx"], "multipart: There is no part '': send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file." },
        { [Wasm, Part("input:", "x")], "inputs[0].path: Must be an absolute path of plain names, such as /data/file.txt, with at most 4096 bytes and 255 a name." },
        { [Wasm, Part("input:../etc/passwd", "x")], "inputs[0].path: Must be an absolute path of plain names, such as /data/file.txt, with at most 4096 bytes and 255 a name." },
        { [Wasm, Part("spec", "{\"inputs\":[{\"path\":\"/a\",\"text\":\"\"}]}"), Part("input:/a", "x")], "inputs[1].path: '/a' is given twice." },
    };

    public static TheoryData<string, string> BrokenBodies => new()
    {
        { "", "It ends before its closing boundary." },
        { $"--X\r\n{Wasm}", "It ends before its closing boundary." },
        { "--X\r\nno header\r\n\r\nx\r\n--X--\r\n", "Invalid header line: no header" },
        { $"--X\r\nLong: {new string('a', 20_000)}\r\n\r\nx\r\n--X--\r\n", "Multipart headers length limit 16384 exceeded." },
        { $"--X\r\n{string.Concat(Enumerable.Range(0, 17).Select(i => $"H{i}: a\r\n"))}\r\nx\r\n--X--\r\n", "Multipart headers count limit 16 exceeded." },
        { $"{string.Concat(Enumerable.Range(0, 1003).Select(i => $"--X\r\n{Part($"input:/{i}", "")}\r\n"))}--X--\r\n", "It has more than 1002 parts." },
    };

    [RequiresToolFact("redis-server")]
    public async Task PartsAreTheModuleTheSpecAndInputFiles()
    {
        // The spec's stdin is larger than a spec itself may be: contents do not count.
        var stdin = new string('x', 2 << 20);
        using var response = await PostAsync(Body(
            Part("input:/first", "before the spec"),
            Part("spec", $$"""{ "name": "n", "stdin": { "text": "{{stdin}}" }, "inputs": [ { "path": "/in/spec", "text": "s" } ] }"""),
            Wasm,
            Part("input:/data/ä b.txt", "\0binary\r\n--not-the-boundary\r\n")));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = (await response.Content.ReadFromJsonAsync<JobView>())!;
        Assert.Equal($"/jobs/{job.Id}", response.Headers.Location!.ToString());
        Assert.Equal(Json.ModuleSha256, job.Module.Sha256);
        var spec = requester.Claim(job.Id).Spec;
        var blobs = new BlobStore(requester.Redis.Connection);
        Assert.Equal("n", spec.Name);
        Assert.Equal(stdin.Length, spec.Stdin!.Bytes);
        Assert.Equal(
            ["/in/spec=s", "/first=before the spec", "/data/ä b.txt=\0binary\r\n--not-the-boundary\r\n"],
            spec.Inputs.Select(input => $"{input.Path}={Encoding.UTF8.GetString(blobs.Get(input.Content))}"));
    }

    [RequiresToolFact("redis-server")]
    public async Task TheModuleAloneIsEnough()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]), "wasm", "module.wasm" } };

        using var response = await requester.Client.PostAsync("/jobs", form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(WrongParts))]
    public async Task APartThatIsWrongIsNamed(string[] parts, string error)
    {
        using var response = await PostAsync(Body(parts));

        Assert.Equal([error], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(BrokenBodies))]
    public async Task ABrokenBodySaysHowItIsBroken(string body, string detail)
    {
        using var response = await PostAsync(body);

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((400, "urn:wasmaspire:problem:invalid-multipart", detail), (problem.Status, problem.Type, problem.Detail));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=long")]
    public async Task ABoundaryIsNeeded(string type)
    {
        using var response = await PostAsync(Body(Wasm), type.Replace("long", new string('b', 257), StringComparison.Ordinal));

        Assert.Equal(["boundary: The Content-Type of a multipart body needs a boundary of at most 256 characters."], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleThatIsNoneIsRefused()
    {
        using var response = await PostAsync(Body(Part("wasm", "GIF89a")));

        Assert.Equal("urn:wasmaspire:problem:invalid-module", (await ProblemView.ReadAsync(response)).Type);
    }

    private static string Part(string name, string content) =>
        $"Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}";

    private static string Body(params string[] parts) =>
        $"{string.Concat(parts.Select(part => $"--X\r\n{part}\r\n"))}--X--\r\n";

    private Task<HttpResponseMessage> PostAsync(string body, string type = "multipart/form-data; boundary=X")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return requester.Client.PostAsync("/jobs", content);
    }
}
