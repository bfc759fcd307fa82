using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;

namespace WasmAspire.Tests.Cli;

public sealed class CommandTests : IDisposable
{
    private const string Guest = "guests/wasm/c/exit_code.wasm";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void InstrumentWritesTheModuleAndSaysWhatItDid()
    {
        var run = Wasmaspire.Run("instrument", Guest, "-o", folder["out.wasm"]);

        var expected = Instrumenter.Instrument(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Guest)));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(expected.Wasm.ToArray(), File.ReadAllBytes(folder["out.wasm"]));
        Assert.Equal(
            $"""
            {Guest}: 49 of 62 functions instrumented, with gates
              left out: 4 small, without calls and loops
              left out: 9 of allocators and compilers
              memory.grow: reported at 1 place
              size: 32717 bytes before, {expected.Wasm.Length} after ({expected.Wasm.Length / 32717.0:F2} times)

            """,
            run.Output);
    }

    [Fact]
    public void InstrumentWorksInAPipe()
    {
        var wasm = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Guest));

        var run = Wasmaspire.Run(wasm, "instrument", "-", "--no-gates", "--exclude", "main", "--exclude", "nobody*");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Instrumenter.Instrument(wasm, new InstrumentOptions { Gates = false, Exclude = ["main"] }).Wasm.ToArray(), run.Bytes);
        Assert.StartsWith("wasmaspire: warning: standard input: no function matches 'nobody*'\nstandard input: 48 of 62 functions instrumented, without gates\n  left out: 1 excluded\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void InstrumentReportsForPrograms()
    {
        var run = Wasmaspire.Run("instrument", Guest, "-o", folder["out.wasm"], "--include", "main", "--report", "json");

        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(1, report.RootElement.GetProperty("instrumented").GetInt32());
        Assert.Equal(32717, report.RootElement.GetProperty("bytesBefore").GetInt64());
        var functions = report.RootElement.GetProperty("functions").EnumerateArray().ToList();
        Assert.Equal(62, functions.Count);
        Assert.Equal("not-included", functions[0].GetProperty("leftOut").GetString());
        Assert.Equal(JsonValueKind.Null, functions.Single(function => function.GetProperty("name").GetString() == "main").GetProperty("leftOut").ValueKind);
    }

    [Fact]
    public void InstrumentMayWriteOverItsInputAndKnowsWhatItHasDone()
    {
        File.Copy(Path.Combine(RepositoryRoot.Path, Guest), folder["in.wasm"]);

        Wasmaspire.Run("instrument", folder["in.wasm"], "-o", folder["in.wasm"]);
        var once = File.ReadAllBytes(folder["in.wasm"]);
        var again = Wasmaspire.Run("instrument", folder["in.wasm"], "-o", folder["in.wasm"]);

        Assert.Equal($"{folder["in.wasm"]}: left as it is; it has been instrumented by wasmaspire-instrument 0.1.0\n", again.Output);
        Assert.Equal(once, File.ReadAllBytes(folder["in.wasm"]));
        Assert.Equal(["in.wasm"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void InstrumentKeepsLinksAndPermissions()
    {
        File.Copy(Path.Combine(RepositoryRoot.Path, Guest), folder["real.wasm"]);
        File.SetUnixFileMode(folder["real.wasm"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(folder["link.wasm"], "real.wasm");

        var run = Wasmaspire.Run("instrument", folder["link.wasm"], "-o", folder["link.wasm"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("real.wasm", new FileInfo(folder["link.wasm"]).LinkTarget);
        Assert.Equal(Instrumenter.Instrument(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Guest))).Wasm.ToArray(), File.ReadAllBytes(folder["real.wasm"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(folder["real.wasm"]));
    }

    [Fact]
    public async Task InstrumentWritesToPipesAndDevicesAndLeavesThemAsync()
    {
        Tool.Run("mkfifo", folder["pipe"]);
        File.CreateSymbolicLink(folder["null"], "/dev/null");
        var reader = Task.Run(() => File.ReadAllBytes(folder["pipe"]));

        var piped = Wasmaspire.Run("instrument", Guest, "-o", folder["pipe"]);
        var gone = Wasmaspire.Run("instrument", Guest, "-o", folder["null"]);

        Assert.Equal((0, ""), (piped.ExitCode, piped.Errors));
        Assert.Equal(Instrumenter.Instrument(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Guest))).Wasm.ToArray(), await reader);
        Assert.Equal((0, ""), (gone.ExitCode, gone.Errors));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal(["null", "pipe"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    public static TheoryData<string[], string, int> WrongUses => new()
    {
        { ["names", "/no/such.wasm"], "/no/such.wasm: there is no such file", 1 },
        { ["names", "@such.wasm"], "@such.wasm: there is no such file", 1 },
        { ["names", "/tmp"], "/tmp: is a folder, not a module", 1 },
        { ["inspect", "-"], "standard input: not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0)", 1 },
        { ["instrument", "-"], "standard input: not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0)", 1 },
        { ["instrument", Guest, "-o", "/no/such/out.wasm"], "/no/such/out.wasm: there is no folder /no/such", 1 },
        { ["instrument", Guest, "-o", "/tmp"], "/tmp: is a folder; give the file's name", 1 },
        { ["instrument", Guest, "-o", "/dev/full"], "/dev/full: cannot be written: No space left on device : '/dev/full'", 1 },
        { ["instrument", Guest, "-o", ""], "--output is empty: it is a file's name, or -.\nTry 'wasmaspire instrument --help'.", 2 },
        { ["names", ""], "The module is empty: it is a file's name, or -.\nTry 'wasmaspire names --help'.", 2 },
        { ["instrument"], "Required argument missing for command: 'instrument'.\nTry 'wasmaspire instrument --help'.", 2 },
        { ["instrument", Guest, "--min-instructions", "-1"], "--min-instructions is a number of instructions, 0 or more, not '-1'.\nTry 'wasmaspire instrument --help'.", 2 },
        { ["instrument", Guest, "--min-instructions", "many"], "--min-instructions is a number of instructions, 0 or more, not 'many'.\nTry 'wasmaspire instrument --help'.", 2 },
        { ["instrument", Guest, "--report", "xml"], "Argument 'xml' not recognized. Must be one of: 'text' 'json' 'none'\nTry 'wasmaspire instrument --help'.", 2 },
        { ["lint", Guest, "--strict"], "Unrecognized command or argument '--strict'.\nTry 'wasmaspire lint --help'.", 2 },
        { ["instument", Guest], "There is no command 'instument'; there are instrument, names, inspect, lint.\nTry 'wasmaspire --help'.", 2 },
        { [], "Required command was not provided.\nTry 'wasmaspire --help'.", 2 },
    };

    [Theory]
    [MemberData(nameof(WrongUses))]
    public void WrongUsesAreExplainedOnStandardErrorAlone(string[] arguments, string error, int exitCode)
    {
        var run = Wasmaspire.Run(arguments);

        Assert.Equal((exitCode, "", $"wasmaspire: error: {error}\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public void AFailureLeavesNoFile()
    {
        File.WriteAllText(folder["bad.wasm"], "hello");

        Wasmaspire.Run("instrument", folder["bad.wasm"], "-o", folder["out.wasm"]);

        Assert.Equal(["bad.wasm"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void NamesListsFunctionsDemangledOrRaw()
    {
        var names = Wasmaspire.Run("names", "guests/wasm/rust/panic.wasm");
        var raw = Wasmaspire.Run("names", "guests/wasm/rust/panic.wasm", "--raw");

        Assert.Equal(["0\tobserve::host::api::import::span_tags", "1\tobserve::host::api::import::span_enter"], names.Output.Split('\n').Take(2));
        Assert.StartsWith("0\t_ZN7observe4host3api6import9span_tags17h", raw.Output, StringComparison.Ordinal);
        Assert.Equal(names.Output.Count(c => c == '\n'), raw.Output.Count(c => c == '\n'));
    }

    [Fact]
    public void NamesGivesProgramsBothNames()
    {
        using var names = JsonDocument.Parse(Wasmaspire.Run("names", "guests/wasm/rust/panic.wasm", "--json").Output);

        var first = names.RootElement[1];
        Assert.Equal((1, "observe::host::api::import::span_enter"), (first.GetProperty("index").GetInt32(), first.GetProperty("name").GetString()));
        Assert.StartsWith("_ZN7observe4host3api6import10span_enter17h", first.GetProperty("raw").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesObeyNoTerminalSequence()
    {
        var wasm = Wasmtime.Module.ConvertText("(module (func (@name \"\\1b[31mred\")))");

        Assert.Equal("0\t\\x1b[31mred\n", Wasmaspire.Run(wasm, "names", "-").Output);
    }

    [Fact]
    public void InspectShowsWhatAModuleIsMadeOf()
    {
        var run = Wasmaspire.Run("inspect", "guests/wasm/wat/many_spans.wasm");
        var json = Wasmaspire.Run("inspect", "guests/wasm/wat/many_spans.wasm", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            bytes        319
            functions    1, 4 named (imports included)
            memories     1
            tables       0
            globals      0
            instrumented no
            gates        0
            sections:
                     13 type
                     98 import
                      2 function
                      3 memory
                     18 export
                     46 code
                     35 data
                     75 custom name
            imports:
              function dylibso:observe/api.span-enter (i32, i32) -> ()
              function dylibso:observe/api.span-exit () -> ()
              function dylibso:observe/api.span-tags (i32, i32) -> ()
            exports:
              memory memory
              function spans (i32) -> ()
            producers:

            """,
            run.Output);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal("code", document.RootElement.GetProperty("sections")[5].GetProperty("name").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("functions").GetInt32());
    }

    [Theory]
    [InlineData(true, "instrumented wasmaspire-instrument 0.1.0\ngates        49\n")]
    [InlineData(false, "instrumented wasmaspire-instrument 0.1.0\ngates        0\n")]
    public void InspectShowsWhoInstrumentedAndGates(bool gates, string lines)
    {
        var wasm = Instrumenter.Instrument(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, Guest)), new InstrumentOptions { Gates = gates }).Wasm.ToArray();

        Assert.Contains(lines, Wasmaspire.Run(wasm, "inspect", "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpNamesEveryCommandAndOption()
    {
        Assert.Contains("instrument <module>", Wasmaspire.Run("--help").Output, StringComparison.Ordinal);
        var help = Wasmaspire.Run("instrument", "--help").Output;
        Assert.All(["--output", "--include", "--exclude", "--min-instructions", "--all", "--no-gates", "--report"], option => Assert.Contains(option, help, StringComparison.Ordinal));
        Assert.StartsWith("0.1.0", Wasmaspire.Run("--version").Output, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(help), help.Length);
    }
}
