using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WasmAspire.Tests.StandIns;

/// <summary>The AppHost as a process of its own, on ports that nobody uses, with its own data folder.</summary>
internal sealed partial class AppHostProcess : IDisposable
{
    private const string MarkerName = "APPHOST_PROCESS_TEST";

    private readonly string marker = Guid.NewGuid().ToString();
    private readonly string dataFolder = Path.Combine(Path.GetTempPath(), $"apphost-{Guid.NewGuid()}");
    private readonly Process process;
    private readonly Lock sync = new();
    private readonly List<string> output = [];
    private readonly HashSet<int> groups = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="command">What runs the AppHost; <c>{apphost}</c> stands for its program and the arguments.</param>
    /// <param name="arguments">The AppHost's arguments.</param>
    /// <param name="dashboardUrl">Where the dashboard is to listen.</param>
    public AppHostProcess(IReadOnlyList<string>? command = null, IReadOnlyList<string>? arguments = null, string dashboardUrl = "http://localhost:0")
    {
        string[] program = [Aspire.Hosting.Orchestrator.ProgramPath.Dotnet, Program, .. arguments ?? []];
        var quoted = string.Join(' ', program.Select(part => $"'{part}'"));
        string[] full = command is null ? program : [.. command.Select(part => part.Replace("{apphost}", quoted, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(full[0], full[1..])
        {
            WorkingDirectory = ProjectFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [MarkerName] = marker,
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = dashboardUrl,
                ["DcpPublisher__RandomizePorts"] = "true",
                ["Redis__DataFolder"] = Path.Combine(dataFolder, "redis"),
            },
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The AppHost where its own build has put it: beside the tests it lacks packages that the tests have otherwise.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "../../AppHost",
        new DirectoryInfo(AppContext.BaseDirectory).Name,
        Path.GetFileName(typeof(Projects.AppHost).Assembly.Location)));

    public static string ProjectFolder { get; } = Projects.AppHost.ProjectPath;

    public int Id => process.Id;

    public StreamWriter Input => process.StandardInput;

    public int ExitCode => process.ExitCode;

    public string Output
    {
        get
        {
            lock (sync)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>Waits for a line that holds each of the texts, and gives it.</summary>
    public async Task<string> WaitForLineAsync(params string[] texts)
    {
        var token = Patience.Token;
        while (true)
        {
            Task next;
            lock (sync)
            {
                if (output.FirstOrDefault(line => texts.All(text => line.Contains(text, StringComparison.Ordinal))) is { } found)
                {
                    return found;
                }

                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"'{string.Join("' with '", texts)}' did not come. What did:\n{Output}");
            }
        }
    }

    /// <summary>Waits until the process has ended and all it said has been read.</summary>
    public Task WaitForExitAsync(TimeSpan limit) => process.WaitForExitAsync().WaitAsync(limit);

    /// <summary>
    /// The AppHost and what it has started, as far as it runs. A program may write over its environment, as redis-server
    /// does, but not leave its guard's process group, which is remembered.
    /// </summary>
    public IReadOnlyList<int> Members()
    {
        var marked = ProcFileSystem.FindByEnvironment(MarkerName, marker);
        groups.UnionWith(marked.Select(pid => ProcFileSystem.FindGroup(pid)?.Group).OfType<int>());
        groups.Remove(ProcFileSystem.FindGroup(Environment.ProcessId)!.Value.Group);
        return [.. marked.Union(groups.SelectMany(ProcFileSystem.FindByGroup))];
    }

    /// <summary>Sends a signal to the process alone.</summary>
    public void Signal(string signal)
    {
        // So that those that cannot be recognized later are known.
        _ = Members();
        Signals.Send(Id, signal);
    }

    /// <summary>Sends a signal to the process and all others of its group, as a terminal does.</summary>
    public void SignalGroup(string signal)
    {
        _ = Members();
        Signals.Send(-Id, signal);
    }

    public string Describe() =>
        $"Still running:\n{string.Join('\n', Members().Select(pid => $"{pid}: {string.Join(' ', ProcFileSystem.ReadCommandLine(pid))}"))}\nOutput:\n{Output}";

    public void Dispose()
    {
        foreach (var pid in Members())
        {
            Kill(pid);
        }

        process.Dispose();
        if (Directory.Exists(dataFolder))
        {
            Directory.Delete(dataFolder, recursive: true);
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var leftover = Process.GetProcessById(pid);
            leftover.Kill();
            leftover.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended by itself meanwhile: the first kill ends others.
        }
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource signal;
        lock (sync)
        {
            output.Add(Padding().Replace(line, " $1"));
            signal = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        signal.SetResult();
    }

    /// <summary>What makes the names in front of the lines equally long.</summary>
    [GeneratedRegex(" +([=|!])")]
    private static partial Regex Padding();
}
