using System.Runtime.InteropServices;

namespace WasmAspire.Cli;

/// <summary>Where a command's module goes: a file, or standard output by the name <c>-</c>.</summary>
internal static class ModuleOutput
{
    public const string StandardOutput = "-";

    /// <summary>
    /// Writes a module. A file is replaced at once, so that it holds all of it or what it held before, also if the module
    /// was read from it; it keeps its permissions. A link stays one. Pipes and devices are written to.
    /// </summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> wasm)
    {
        if (path == StandardOutput)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(wasm);
            return;
        }

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new CommandException($"{path}: is a folder; give the file's name");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new CommandException($"{path}: there is no folder {Path.GetDirectoryName(full)}");
        }

        try
        {
            WriteTo(full, wasm);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: cannot be written: {e.Message}");
        }
    }

    private static void WriteTo(string path, ReadOnlySpan<byte> wasm)
    {
        var link = new FileInfo(path);
        var target = link.LinkTarget is null ? path : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var device = IsDevice(path) || IsDevice(target);
        if (device || File.Exists(target))
        {
            // Also asks whether it may be written; a move would not.
            using var existing = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            if (device || !existing.CanSeek)
            {
                existing.Write(wasm);
                return;
            }
        }

        Replace(target, wasm);
    }

    // Terminals, /dev/null, and the pipes that shells pass by name: a file put in their place would stay there.
    private static bool IsDevice(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal)
        || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal));

    private static void Replace(string path, ReadOnlySpan<byte> wasm)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => File.Delete(beside));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => File.Delete(beside));
        try
        {
            using (var output = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(output.SafeFileHandle, File.GetUnixFileMode(path));
                }

                output.Write(wasm);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
