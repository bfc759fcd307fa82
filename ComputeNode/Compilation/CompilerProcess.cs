using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Modules;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>
/// Compiles modules in child processes (<see cref="CompilerProgram"/>), each bounded in time, memory and the size of what
/// it makes, and killed at a bound.
/// </summary>
internal sealed class CompilerProcess(IOptions<NodeOptions> options) : IDisposable
{
    private const int MaxMessageBytes = 4096;

    // Of a process that a signal has ended: SIGXCPU, which comes when the time of the processor is used up.
    private const int ProcessorTimeExitCode = 128 + 24;

    // In hexadecimal, 512 MiB: the module, what comes of it, and the little that the program needs beside them.
    private const string HeapLimit = "20000000";

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(20);

    // Each may take all that the options allow.
    private readonly SemaphoreSlim places = new(options.Value.Compilers);

    /// <summary>Compiles a module.</summary>
    /// <param name="countsFuel">Whether for the engine with fuel.</param>
    /// <param name="wasm">The module.</param>
    /// <param name="time">What it may take of the time that the options allow for all work on a module.</param>
    /// <param name="cancel">Kills the child.</param>
    /// <returns>The compiled module, for <see cref="Wasmtime.Module.Deserialize"/>.</returns>
    /// <exception cref="InvalidModuleException">Wasmtime does not take it.</exception>
    /// <exception cref="CompileLimitException">It costs too much.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public byte[] Compile(bool countsFuel, ReadOnlyMemory<byte> wasm, TimeSpan time, CancellationToken cancel)
    {
        places.Wait(cancel);
        try
        {
            using var process = Process.Start(CreateStart(countsFuel))
                ?? throw new InvalidOperationException("The compiler's process did not start.");
            try
            {
                var feeding = FeedAsync(process.StandardInput.BaseStream, wasm);
                var artifact = ReadAsync(process.StandardOutput.BaseStream, options.Value.MaxCompiledBytes);
                var message = ReadAsync(process.StandardError.BaseStream, MaxMessageBytes);
                Watch(process, artifact, time, cancel);
                return Judge(process.ExitCode, artifact.GetAwaiter().GetResult(), message.GetAwaiter().GetResult());
            }
            finally
            {
                // Nothing to do where it has ended. Its memory is free when it is gone, not before: the next may take as much.
                process.Kill();
                process.WaitForExit();

                // The process leaves its pipes to the garbage collector.
                process.StandardInput.Dispose();
                process.StandardOutput.Dispose();
                process.StandardError.Dispose();
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private static async Task FeedAsync(Stream input, ReadOnlyMemory<byte> wasm)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, wasm.Length);
        try
        {
            await input.WriteAsync(length).ConfigureAwait(false);
            await input.WriteAsync(wasm).ConfigureAwait(false);
            await input.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended; its exit code tells why.
        }
    }

    /// <summary>Reads to the end; past the limit, null at once, with the stream left unread.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, long limit)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            if (content.Length + count > limit)
            {
                return null;
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    private ProcessStartInfo CreateStart(bool countsFuel)
    {
        var settings = options.Value;
        var start = new ProcessStartInfo(NodeProgram.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])
        [
            .. NodeProgram.Arguments,
            .. CompilerProgram.Arguments(countsFuel, settings.CompileMemoryBytes, (long)Math.Ceiling(settings.CompileSeconds * Environment.ProcessorCount)),
        ])
        {
            start.ArgumentList.Add(argument);
        }

        // No secret of the node's environment goes to a process that hostile modules work on.
        start.Environment.Clear();
        foreach (var (name, value) in (ReadOnlySpan<KeyValuePair<string, string?>>)
        [
            new("DOTNET_ROOT", NodeProgram.RuntimeRoot),
            new("SystemRoot", Environment.GetEnvironmentVariable("SystemRoot")),
            new("DOTNET_GCHeapHardLimit", HeapLimit),
            new("DOTNET_gcServer", "0"),
            new("DOTNET_gcConcurrent", "0"),
            new("DOTNET_EnableDiagnostics", "0"),
            new("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
        ])
        {
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }

    /// <summary>Waits for the process, until it is done or costs too much.</summary>
    private void Watch(Process process, Task<byte[]?> artifact, TimeSpan time, CancellationToken cancel)
    {
        var settings = options.Value;
        var begun = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(WatchInterval))
        {
            cancel.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(begun) > time)
            {
                throw CompileLimitException.TooSlow(settings);
            }

            // On Linux the process meets its own limit before.
            if (WorkingSet(process) > settings.CompileMemoryBytes)
            {
                throw TooBig();
            }

            if (artifact.IsCompletedSuccessfully && artifact.Result is null)
            {
                throw TooLong();
            }
        }
    }

    private static long WorkingSet(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    private byte[] Judge(int exitCode, byte[]? artifact, byte[]? message) => exitCode switch
    {
        0 => artifact ?? throw TooLong(),
        CompilerProgram.Refused => throw new InvalidModuleException($"The module is not valid: {Encoding.UTF8.GetString(message ?? "Wasmtime does not take it."u8)}"),
        ProcessorTimeExitCode => throw CompileLimitException.TooSlow(options.Value),
        // An allocation that fails aborts the compiler, wherever it was; nothing says more of it.
        _ => throw TooBig(string.Create(CultureInfo.InvariantCulture, $" (the compiler ended with exit code {exitCode})")),
    };

    private CompileLimitException TooBig(string how = "") => new(
        $"Compiling the module took more than {options.Value.CompileMemoryBytes} bytes of memory{how}; the operator of the node may raise Node:CompileMemoryBytes.");

    private CompileLimitException TooLong() => new(
        $"The compiled module is longer than {options.Value.MaxCompiledBytes} bytes; the operator of the node may raise Node:MaxCompiledBytes.");
}
