using System.Net;
using System.Text;
using WasmAspire.Instrument;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;

namespace WasmAspire.Tests.Requester;

public sealed class InstrumentTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private static readonly byte[] Module = Wasmtime.Module.ConvertText("""(module (func $small) (func $main (export "run") call $small call $other) (func $other (loop)))""");

    public static TheoryData<string, string> WrongOptions => new()
    {
        { "?minInstructions=-1", "minInstructions: Must be between 0 and 1000000; it is -1." },
        { "?minInstructions=many", "minInstructions: 'many' cannot be read." },
        { $"?include={new string('a', 257)}", "include: May be given 32 times, with 256 characters each." },
        { "?" + string.Join('&', Enumerable.Repeat("exclude=a", 33)), "exclude: May be given 32 times, with 256 characters each." },
    };

    public static TheoryData<byte[], string, string> WrongModules => new()
    {
        { "GIF89a"u8.ToArray(), "urn:wasmaspire:problem:invalid-module", "not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0)." },
        { Module[..^3], "urn:wasmaspire:problem:invalid-module", "the custom section announces 28 bytes and 25 are left: the module is cut off (at byte " + (Module.Length - 30) + ")." },
        { Wasmtime.Module.ConvertText("(module (tag))"), "urn:wasmaspire:problem:unsupported-feature", "the module has a tag section: exception handling is not supported (at byte 14). Compile it for WebAssembly 2.0." },
        { [.. Module, 0, 10, 7, .. "linking"u8, 2, 0], "urn:wasmaspire:problem:invalid-module", "the module is an object file: link it first (in the linking section, at byte " + Module.Length + ")." },
    };

    [RequiresToolFact("redis-server")]
    public async Task AnswersTheInstrumentedModule()
    {
        using var response = await PostAsync(Module);

        Assert.Equal((HttpStatusCode.OK, "application/wasm"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(Instrumenter.Instrument(Module).Wasm.ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("", "wasmaspire:gate/3 wasmaspire:gate/4")]
    [InlineData("?minInstructions=0", "wasmaspire:gate/2 wasmaspire:gate/3 wasmaspire:gate/4")]
    [InlineData("?include=sma*&include=o?her", "wasmaspire:gate/2 wasmaspire:gate/4")]
    [InlineData("?exclude=main", "wasmaspire:gate/4")]
    public async Task OptionsChooseTheFunctions(string query, string gates)
    {
        using var response = await PostAsync(Module, query);

        var module = WasmModule.Read(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(gates, string.Join(' ', module.Exports.Where(export => export.Kind == ExternalKind.Global).Select(export => export.Name)));
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(WrongOptions))]
    public async Task AnOptionThatIsWrongIsNamed(string query, string error)
    {
        using var response = await PostAsync(Module, query);

        Assert.Equal([error], await ProblemView.ReadFieldsAsync(response));
    }

    [RequiresToolTheory("redis-server")]
    [MemberData(nameof(WrongModules))]
    public async Task AModuleThatCannotBeInstrumentedIsExplained(byte[] module, string type, string detail)
    {
        using var response = await PostAsync(module);

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((400, type, detail), (problem.Status, problem.Type, problem.Detail));
    }

    [RequiresToolFact("redis-server")]
    public async Task ThePartsMustBeTheModuleAlone()
    {
        using var none = await PostAsync(new MultipartFormDataContent { { new ByteArrayContent(Module), "file" } });
        using var two = await PostAsync(new MultipartFormDataContent { { new ByteArrayContent(Module), "wasm" }, { new ByteArrayContent(Module), "wasm" } });
        using var json = await requester.Client.PostAsync("/instrument", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal(["multipart: There is no part 'file': send 'wasm' (the module)."], await ProblemView.ReadFieldsAsync(none));
        Assert.Equal("It has more than 1 parts.", (await ProblemView.ReadAsync(two)).Detail);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] module, string query = "") =>
        PostAsync(new MultipartFormDataContent { { new ByteArrayContent(module), "wasm", "module.wasm" } }, query);

    private async Task<HttpResponseMessage> PostAsync(MultipartFormDataContent form, string query = "")
    {
        using (form)
        {
            return await requester.Client.PostAsync($"/instrument{query}", form);
        }
    }
}
