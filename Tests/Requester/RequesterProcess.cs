using System.Diagnostics;

namespace WasmAspire.Tests.Requester;

/// <summary>The requester as a process of its own.</summary>
internal static class RequesterProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it with a setting that stops the start.</summary>
    /// <returns>What it says at its end.</returns>
    public static async Task<string> FailAsync(string setting, string value)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WasmAspire.Requester.dll"), $"--{setting}={value}", "--urls=http://127.0.0.1:0", "--ConnectionStrings:redis=127.0.0.1:1,abortConnect=false"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.NotEqual(0, process.ExitCode);
            return await output + error;
        }
        finally
        {
            process.Kill();
        }
    }
}
