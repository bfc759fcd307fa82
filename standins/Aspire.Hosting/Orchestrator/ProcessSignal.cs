using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Signals to process groups, and their names in exit codes.</summary>
internal static partial class ProcessSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal to every process of a group; to none is fine too.</summary>
    public static void SendToGroup(int group, int signal)
    {
        if (SystemKill(-group, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new Win32Exception(error, $"Signal {signal} to process group {group}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>For an exit code of 128 and a signal's number its name, for example <c> (SIGKILL)</c>; else empty.</summary>
    public static string NameOfExitCode(int code) => (code - 128) switch
    {
        1 => " (SIGHUP)",
        2 => " (SIGINT)",
        3 => " (SIGQUIT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        8 => " (SIGFPE)",
        Kill => " (SIGKILL)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        Terminate => " (SIGTERM)",
        _ => "",
    };

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SystemKill(int pid, int signal);
}
