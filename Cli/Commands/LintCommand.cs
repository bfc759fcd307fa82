using System.CommandLine;
using WasmAspire.Cli.Lint;

namespace WasmAspire.Cli.Commands;

/// <summary><c>wasmaspire lint</c>: what telemetry a module will give.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var module = ModuleFile.Argument();
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("lint", "Says what telemetry a module will give, and what of it will be missing; exit code 1 if there is a warning.") { module, json };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(module), file => Run(file, parsed.GetValue(json))));
        return command;
    }

    private static int Run(ModuleFile file, bool json)
    {
        var findings = ModuleLint.Check(file.Bytes);
        if (json)
        {
            Console.WriteLine(Json.Write(findings));
        }
        else
        {
            foreach (var finding in findings)
            {
                Console.WriteLine($"{file.Name}: {finding}");
            }
        }

        return findings.Any(finding => finding.Level == FindingLevel.Warning) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
