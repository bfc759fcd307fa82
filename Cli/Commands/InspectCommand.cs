using System.CommandLine;
using System.Globalization;
using WasmAspire.Wasm;

namespace WasmAspire.Cli.Commands;

/// <summary><c>wasmaspire inspect</c>: what a module is made of.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var module = ModuleFile.Argument();
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("inspect", "Shows a module's sections, imports, exports and producers, who has instrumented it, and how many functions have gates.") { module, json };
        command.SetAction(parsed => ModuleFile.Use(parsed.GetRequiredValue(module), file => Run(file, parsed.GetValue(json))));
        return command;
    }

    private static int Run(ModuleFile file, bool json)
    {
        var inspected = Inspect(file.Bytes);
        if (json)
        {
            Console.WriteLine(Json.Write(inspected));
        }
        else
        {
            Print(inspected);
        }

        return ExitCodes.Success;
    }

    private static InspectedModule Inspect(byte[] wasm)
    {
        var module = WasmModule.Read(wasm);
        var sections = new List<InspectedSection>();
        var reader = new SectionReader(wasm);
        while (reader.TryRead(out var section))
        {
            sections.Add(new InspectedSection(section.Id == SectionId.Custom ? $"custom {section.Name}" : section.Name, section.Content.Length));
        }

        return new InspectedModule(
            wasm.Length,
            sections,
            [.. module.Imports.Select(import => $"{Kind(import.Kind)} {import.Module}.{import.Name}{Type(import.Function)}")],
            [.. module.Exports.Select(export => $"{Kind(export.Kind)} {export.Name}{Type(export.Function)}")],
            module.FunctionCount - module.ImportedFunctionCount,
            module.FunctionNames.Count,
            module.MemoryCount,
            module.TableCount,
            module.GlobalCount,
            [.. module.Producers.Select(producer => $"{producer.Field}: {producer.Name} {producer.Version}".TrimEnd())],
            ObserveAbi.InstrumenterOf(module),
            ObserveAbi.GatedFunctions(module).Count());
    }

    private static void Print(InspectedModule module)
    {
        Line($"bytes        {module.Bytes}");
        Line($"functions    {module.Functions}, {module.NamedFunctions} named (imports included)");
        Line($"memories     {module.Memories}");
        Line($"tables       {module.Tables}");
        Line($"globals      {module.Globals}");
        Line($"instrumented {module.InstrumentedBy ?? "no"}");
        Line($"gates        {module.Gates}");
        List("sections", module.Sections.Select(section => string.Create(CultureInfo.InvariantCulture, $"{section.Bytes,9} {section.Name}")));
        List("imports", module.Imports);
        List("exports", module.Exports);
        List("producers", module.Producers);
    }

    private static void List(string title, IEnumerable<string> lines)
    {
        Console.WriteLine($"{title}:");
        foreach (var line in lines)
        {
            Console.WriteLine($"  {FunctionLabels.Printable(line)}");
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(FunctionLabels.Printable(text.ToString(CultureInfo.InvariantCulture)));

    private static string Kind(ExternalKind kind) => kind.ToString().ToLowerInvariant();

    private static string Type(FunctionType? type) => type is null ? "" : $" {type}";
}
