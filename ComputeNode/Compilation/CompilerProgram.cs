using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using WasmAspire.ComputeNode.Execution;
using Wasmtime;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>
/// The node's program, started to compile one module and nothing else. Compiling cannot be interrupted, and a failed
/// allocation in it aborts the process: here it takes nothing with it.
/// </summary>
/// <remarks>
/// stdin: the module's length as four bytes, little endian, then the module; its end, before the work is done, says that
/// the node is gone. stdout: the compiled module. stderr: what is wrong with it, where the exit code is <see cref="Refused"/>.
/// </remarks>
internal static class CompilerProgram
{
    /// <summary>The first argument that makes the node's program a compiler.</summary>
    public const string Command = "compile-module";

    /// <summary>Exit code: Wasmtime does not take the module.</summary>
    public const int Refused = 3;

    /// <summary>The arguments of the program, the command included.</summary>
    /// <param name="countsFuel">Whether the module is for the engine with fuel.</param>
    /// <param name="memoryBytes">Memory of its own that the process may have.</param>
    /// <param name="processorSeconds">Time of all its threads together.</param>
    public static IReadOnlyList<string> Arguments(bool countsFuel, long memoryBytes, long processorSeconds) =>
        [Command, countsFuel.ToString(), memoryBytes.ToString(CultureInfo.InvariantCulture), processorSeconds.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Compiles what comes on stdin.</summary>
    /// <param name="arguments">See <see cref="Arguments"/>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        ResourceLimits.Apply(
            memoryBytes: long.Parse(arguments[2], CultureInfo.InvariantCulture),
            processorSeconds: long.Parse(arguments[3], CultureInfo.InvariantCulture));
        using var process = Process.GetCurrentProcess();
        process.PriorityClass = ProcessPriorityClass.BelowNormal;

        var input = Console.OpenStandardInput();
        Span<byte> length = stackalloc byte[sizeof(int)];
        input.ReadExactly(length);
        var wasm = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        input.ReadExactly(wasm);
        EndWithNode(input);
        try
        {
            using var engine = WasmEngine.CreateEngine(bool.Parse(arguments[1]));
            using var module = Module.FromBytes(engine, "module", wasm);
            using var output = Console.OpenStandardOutput();
            output.Write(module.Serialize());
            return 0;
        }
        catch (WasmtimeException e)
        {
            using var error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes(e.Message));
            return Refused;
        }
    }

    /// <summary>Ends the process when the other end of stdin is closed, which a node does not live to do in any other way.</summary>
    private static void EndWithNode(Stream input) => new Thread(() =>
    {
        try
        {
            while (input.ReadByte() >= 0)
            {
            }
        }
        catch (IOException)
        {
        }

        // Not Exit: it would wait for the compiler's threads.
        using var process = Process.GetCurrentProcess();
        process.Kill();
    })
    { IsBackground = true, Name = "node watch" }.Start();
}
