using System.CommandLine;
using System.Globalization;
using WasmAspire.Wasm;

namespace WasmAspire.Cli.Commands;

/// <summary><c>wasmaspire names</c>: the functions and what hosts call them.</summary>
internal static class NamesCommand
{
    public static Command Create()
    {
        var module = ModuleFile.Argument();
        var raw = new Option<bool>("--raw") { Description = "As the module has them, not demangled." };
        var command = new Command("names", "Lists a module's functions: index, tab, name.") { module, raw };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(module), file => Run(file, parsed.GetValue(raw))));
        return command;
    }

    private static int Run(ModuleFile file, bool raw)
    {
        var module = WasmModule.Read(file.Bytes);
        var labels = new FunctionLabels(module);
        using var output = new StreamWriter(Console.OpenStandardOutput());
        for (var function = 0; function < module.FunctionCount; function++)
        {
            var name = raw ? FunctionLabels.Printable(labels.Raw(function)) : labels.Name(function);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{function}\t{name}"));
        }

        return ExitCodes.Success;
    }
}
