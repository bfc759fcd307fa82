using System.ComponentModel;
using System.Runtime.InteropServices;

namespace WasmAspire.ComputeNode.Compilation;

/// <summary>
/// What the system lets this process have (setrlimit), on Linux. Elsewhere the system knows no such limit (Windows) or
/// does not keep it (macOS): there the node's watch over the process is all.
/// </summary>
internal static partial class ResourceLimits
{
    // asm-generic/resource.h
    private const int Processor = 0;
    private const int Data = 2;
    private const int Core = 4;

    /// <summary>Limits this process from now on, and for good.</summary>
    /// <param name="memoryBytes">Private writable memory. Not the address space, of which the runtime's heap reserves much more than it uses.</param>
    /// <param name="processorSeconds">Time of all threads together.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static void Apply(long memoryBytes, long processorSeconds)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Set(Data, memoryBytes);
        Set(Processor, processorSeconds);

        // A module that aborts the compiler must not fill the disk.
        Set(Core, 0);
    }

    private static void Set(int resource, long value)
    {
        var limit = new Limit((nuint)value, (nuint)value);
        if (SetLimit(resource, in limit) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Resource limit {resource} of {value}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    /// <summary><c>struct rlimit</c>.</summary>
    private readonly record struct Limit(nuint Soft, nuint Hard);
}
