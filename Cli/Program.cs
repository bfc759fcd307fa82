using System.CommandLine;
using System.CommandLine.Invocation;
using WasmAspire.Cli;
using WasmAspire.Cli.Commands;

var root = new RootCommand("Instruments WebAssembly modules for hosts of the Observe API, and says what telemetry they will give.")
{
    InstrumentCommand.Create(),
    NamesCommand.Create(),
    InspectCommand.Create(),
    LintCommand.Create(),
};

// A module may be called @module.wasm: nothing here is a list of arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
return parsed.Action is ParseErrorAction ? UsageErrors.Tell(parsed) : parsed.Invoke();
