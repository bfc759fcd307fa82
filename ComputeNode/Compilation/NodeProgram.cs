using System.Runtime.InteropServices;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>How to start the node's own program again.</summary>
internal static class NodeProgram
{
    // Empty where the program is published as a single file: then the process is the program.
    private static readonly string Assembly = typeof(NodeProgram).Assembly.Location;

    private static readonly string Executable = OperatingSystem.IsWindows()
        ? Path.ChangeExtension(Assembly, ".exe")
        : Path.ChangeExtension(Assembly, null);

    private static readonly bool HasExecutable = Assembly.Length > 0 && File.Exists(Executable);

    /// <summary>The program, or what runs it.</summary>
    public static string FileName { get; } = (Assembly.Length == 0, HasExecutable) switch
    {
        (true, _) => Environment.ProcessPath ?? throw new InvalidOperationException("The process does not know its own path."),
        (_, true) => Executable,
        // Published without an executable of its own: the process is dotnet.
        _ => Environment.ProcessPath ?? "dotnet",
    };

    /// <summary>Where this process has its runtime from; the executable looks in the system's places otherwise.</summary>
    public static string RuntimeRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>What comes before the program's own arguments.</summary>
    public static IReadOnlyList<string> Arguments { get; } = Assembly.Length == 0 || HasExecutable ? [] : [Assembly];
}
