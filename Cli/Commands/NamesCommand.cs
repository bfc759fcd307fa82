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
        var json = new Option<bool>("--json") { Description = "For programs: both names of each." };
        var command = new Command("names", "Lists a module's functions: index, tab, name.") { module, raw, json };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(module), file => Run(file, parsed.GetValue(raw), parsed.GetValue(json))));
        return command;
    }

    private static int Run(ModuleFile file, bool raw, bool json)
    {
        var module = WasmModule.Read(file.Bytes);
        var labels = new FunctionLabels(module);
        var functions = Enumerable.Range(0, module.FunctionCount);
        using var output = new StreamWriter(Console.OpenStandardOutput());
        if (json)
        {
            output.WriteLine(Json.Write(functions.Select(function => new NamedFunction(function, labels.Name(function), labels.Raw(function)))));
            return ExitCodes.Success;
        }

        foreach (var function in functions)
        {
            var name = raw ? FunctionLabels.Printable(labels.Raw(function)) : labels.Name(function);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{function}\t{name}"));
        }

        return ExitCodes.Success;
    }
}
