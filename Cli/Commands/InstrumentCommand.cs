using System.CommandLine;
using System.Globalization;
using WasmAspire.Instrument;

namespace WasmAspire.Cli.Commands;

/// <summary><c>wasmaspire instrument</c>: module in, observable module out.</summary>
internal static class InstrumentCommand
{
    private const string StandardOutput = "-";

    private static readonly Argument<string> Module = ModuleFile.Argument();
    private static readonly Option<string> Output = new("--output", "-o") { Description = "Where the instrumented module goes; - or nothing for standard output." };
    private static readonly Option<string[]> Include = new("--include") { Description = "Instrument only functions whose name matches this glob; may be given more than once." };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "Leave out functions whose name matches this glob; may be given more than once." };
    private static readonly Option<int> MinInstructions = new("--min-instructions") { Description = "Leave out functions without calls and loops that have fewer instructions.", DefaultValueFactory = _ => new InstrumentOptions().MinInstructions };
    private static readonly Option<bool> All = new("--all") { Description = "Instrument allocators, what compilers add, and the smallest functions too." };
    private static readonly Option<bool> NoGates = new("--no-gates") { Description = "Every call reports, however hot its function is." };
    private static readonly Option<string> Report = new("--report") { Description = "What to say of it: text, json or none.", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        Report.AcceptOnlyFromAmong("text", "json", "none");
        MinInstructions.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && value < 0)
            {
                result.AddError("--min-instructions is 0 or more.");
            }
        });
        var command = new Command("instrument", "Makes a module's functions report their calls.") { Module, Output, Include, Exclude, MinInstructions, All, NoGates, Report };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(Module), file => Run(file, parsed)));
        return command;
    }

    private static int Run(ModuleFile file, ParseResult parsed)
    {
        var output = parsed.GetValue(Output) ?? StandardOutput;
        if (output == StandardOutput && !Console.IsOutputRedirected)
        {
            throw new CommandException("the instrumented module would go to the terminal: give -o out.wasm");
        }

        var instrumented = Instrumenter.Instrument(file.Bytes, new InstrumentOptions
        {
            Include = parsed.GetValue(Include) ?? [],
            Exclude = parsed.GetValue(Exclude) ?? [],
            MinInstructions = parsed.GetValue(MinInstructions),
            All = parsed.GetValue(All),
            Gates = !parsed.GetValue(NoGates),
        });
        Write(output, instrumented.Wasm.Span);
        foreach (var pattern in instrumented.Report.UnmatchedPatterns)
        {
            Console.Error.WriteLine($"wasmaspire: warning: {file.Name}: no function matches '{FunctionLabels.Printable(pattern)}'");
        }

        var messages = output == StandardOutput ? Console.Error : Console.Out;
        messages.Write(parsed.GetValue(Report) switch
        {
            "json" => Json.Write(instrumented.Report) + Environment.NewLine,
            "text" => ReportText.Write(file.Name, instrumented.Report),
            _ => "",
        });
        return ExitCodes.Success;
    }

    /// <summary>Writes the module, all of it or nothing: also over the file that it was read from.</summary>
    private static void Write(string path, ReadOnlySpan<byte> wasm)
    {
        if (path == StandardOutput)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(wasm);
            return;
        }

        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(beside, wasm);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
