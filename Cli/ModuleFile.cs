using System.CommandLine;
using WasmAspire.Wasm;

namespace WasmAspire.Cli;

/// <summary>The module that a command works on: a file, or standard input by the name <c>-</c>.</summary>
/// <param name="Name">What to call it in messages.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record ModuleFile(string Name, byte[] Bytes)
{
    private const string StandardInput = "-";

    /// <summary>The argument of each command.</summary>
    public static Argument<string> Argument()
    {
        var argument = new Argument<string>("module") { Description = "The .wasm file; - for standard input." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("The module is empty: it is a file's name, or -.");
            }
        });
        return argument;
    }

    /// <summary>Reads the module and runs a command on it; tells what goes wrong in one line.</summary>
    /// <param name="path">The argument.</param>
    /// <param name="command">The command; gives its exit code.</param>
    public static int Use(string path, Func<ModuleFile, int> command)
    {
        var name = path == StandardInput ? "standard input" : path;
        try
        {
            return command(new ModuleFile(name, Read(path)));
        }
        catch (WasmFormatException e)
        {
            return Fail($"{name}: {e.Message}");
        }
        catch (CommandException e)
        {
            return Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{name}: {e.Message}");
        }
        catch (Exception e)
        {
            // Whatever it is, its user has no use for a stack trace.
            return Fail($"{name}: a fault of wasmaspire itself, please report it: {e.GetType().Name}: {e.Message}");
        }
    }

    private static byte[] Read(string path)
    {
        if (path != StandardInput)
        {
            if (Directory.Exists(path))
            {
                throw new CommandException($"{path}: is a folder, not a module");
            }

            return File.Exists(path) ? File.ReadAllBytes(path) : throw new CommandException($"{path}: there is no such file");
        }

        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"wasmaspire: error: {FunctionLabels.Printable(message)}");
        return ExitCodes.Failure;
    }
}
