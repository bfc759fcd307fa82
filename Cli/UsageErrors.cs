using System.CommandLine;

namespace WasmAspire.Cli;

/// <summary>What is wrong with a command line, on standard error alone: standard output may be somebody's module.</summary>
internal static class UsageErrors
{
    /// <summary>Tells each error in a line, and where help is.</summary>
    public static int Tell(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var errors = command is RootCommand && parsed.UnmatchedTokens is [var name, ..] && !name.StartsWith('-')
            ? [$"There is no command '{name}'; there are {string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name))}."]
            : parsed.Errors.Select(error => error.Message);
        foreach (var error in errors)
        {
            var line = string.Join(' ', error.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            Console.Error.WriteLine($"wasmaspire: error: {FunctionLabels.Printable(line)}");
        }

        Console.Error.WriteLine($"Try 'wasmaspire {(command is RootCommand ? "" : $"{command.Name} ")}--help'.");
        return ExitCodes.Usage;
    }
}
