using System.Diagnostics;

namespace WasmAspire.Tests.Cli;

/// <summary>Runs the command as its users do: a process, with its output and errors apart.</summary>
internal static class Wasmaspire
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "wasmaspire.dll");

    public static Result Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs it with bytes on standard input.</summary>
    public static Result Run(byte[] input, params string[] arguments) => Start("dotnet", [Program, .. arguments], input);

    /// <summary>Runs any program.</summary>
    public static Result Start(string program, IEnumerable<string> arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = RepositoryRoot.Path,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new Result(process.ExitCode, output.ToArray(), errors.GetAwaiter().GetResult());
    }

    internal sealed record Result(int ExitCode, byte[] Bytes, string Errors)
    {
        public string Output => System.Text.Encoding.UTF8.GetString(Bytes);
    }
}
