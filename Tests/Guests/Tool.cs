using System.Diagnostics;

namespace WasmAspire.Tests.Guests;

/// <summary>Runs a program of the toolchain to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it and fails the test, with what it wrote, unless it exits with 0.</summary>
    public static void Run(string program, params string[] arguments)
    {
        (int exitCode, string output) = TryRun(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} exited with {exitCode}:\n{output}");
    }

    /// <summary>Runs it with additional environment variables; gives its exit code and all that it wrote.</summary>
    public static (int ExitCode, string Output) TryRun(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
