using System.CommandLine;
using WasmAspire.Cli;
using WasmAspire.Cli.Commands;

var root = new RootCommand("Instruments WebAssembly modules for hosts of the Observe API, and says what telemetry they will give.")
{
    InstrumentCommand.Create(),
    NamesCommand.Create(),
    InspectCommand.Create(),
    LintCommand.Create(),
};
var parsed = root.Parse(args);
var exitCode = parsed.Invoke();
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
