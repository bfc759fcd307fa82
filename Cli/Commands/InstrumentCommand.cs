using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WasmAspire.Instrument;

namespace WasmAspire.Cli.Commands;

/// <summary><c>wasmaspire instrument</c>: module in, observable module out.</summary>
internal static class InstrumentCommand
{
    private static readonly Argument<string> Module = ModuleFile.Argument();
    private static readonly Option<string> Output = new("--output", "-o") { HelpName = "file", Description = "Where the instrumented module goes; - or nothing for standard output." };
    private static readonly Option<string[]> Include = new("--include") { HelpName = "glob", Description = "Instrument only functions whose name matches this glob; may be given more than once." };
    private static readonly Option<string[]> Exclude = new("--exclude") { HelpName = "glob", Description = "Leave out functions whose name matches this glob; may be given more than once." };
    private static readonly Option<int> MinInstructions = new("--min-instructions") { Description = "Leave out functions without calls and loops that have fewer instructions.", HelpName = "number", DefaultValueFactory = _ => new InstrumentOptions().MinInstructions, CustomParser = ParseCount };
    private static readonly Option<bool> All = new("--all") { Description = "Instrument allocators, what compilers add, and the smallest functions too." };
    private static readonly Option<bool> NoGates = new("--no-gates") { Description = "Every call reports, however hot its function is." };
    private static readonly Option<string> Report = new("--report") { Description = "What to say of it: text, json or none.", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        Report.AcceptOnlyFromAmong("text", "json", "none");
        Output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("--output is empty: it is a file's name, or -.");
            }
        });
        var command = new Command("instrument", "Makes a module's functions report their calls.") { Module, Output, Include, Exclude, MinInstructions, All, NoGates, Report };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(Module), file => Run(file, parsed)));
        return command;
    }

    private static int Run(ModuleFile file, ParseResult parsed)
    {
        var output = parsed.GetValue(Output) ?? ModuleOutput.StandardOutput;
        if (output == ModuleOutput.StandardOutput && !Console.IsOutputRedirected)
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
        ModuleOutput.Write(output, instrumented.Wasm.Span);
        foreach (var pattern in instrumented.Report.UnmatchedPatterns)
        {
            Console.Error.WriteLine($"wasmaspire: warning: {file.Name}: no function matches '{FunctionLabels.Printable(pattern)}'");
        }

        var messages = output == ModuleOutput.StandardOutput ? Console.Error : Console.Out;
        messages.Write(parsed.GetValue(Report) switch
        {
            "json" => Json.Write(instrumented.Report) + Environment.NewLine,
            "text" => ReportText.Write(file.Name, instrumented.Report),
            _ => "",
        });
        return ExitCodes.Success;
    }

    private static int ParseCount(ArgumentResult result)
    {
        if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            result.AddError($"--min-instructions is a number of instructions, 0 or more, not '{result.Tokens[0].Value}'.");
        }

        return count;
    }
}
