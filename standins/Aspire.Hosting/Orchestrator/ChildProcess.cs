using System.Diagnostics;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// A process in a session and process group of its own, behind the guard script, so that a terminal's signals do not reach
/// it and it does not outlive the AppHost.
/// </summary>
internal sealed class ChildProcess
{
    private const string GuardScript = "Aspire.Hosting.Guard.sh";
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(1);

    private readonly Process guard;
    private readonly Task output;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock sync = new();
    private bool released;

    private ChildProcess(Process guard, Action<string, bool> line)
    {
        this.guard = guard;
        Group = guard.Id;
        output = Task.WhenAll(
            OutputReader.Start(guard.StandardOutput.BaseStream, text => Handle(text, line), $"{guard.Id} stdout"),
            OutputReader.Start(guard.StandardError.BaseStream, text => line(text, true), $"{guard.Id} stderr"));
        Exited = WaitAsync();
    }

    /// <summary>The process group: the guard's id.</summary>
    public int Group { get; }

    /// <summary>
    /// The process's exit code, 128 and the signal's number where a signal ended it. When this ends, all that was left of
    /// the process group has been killed, and all output read.
    /// </summary>
    public Task<int> Exited { get; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>Starts a process; it runs, or has failed to, when this returns.</summary>
    /// <param name="spec">What to start.</param>
    /// <param name="line">Called for each line of output, on the threads that read it; true: of stderr.</param>
    /// <exception cref="DistributedApplicationException">The program or the folder is not there.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessSpec spec, Action<string, bool> line)
    {
        var process = new ChildProcess(Process.Start(Describe(spec))!, line);
        await Task.WhenAny(process.started.Task, process.Exited);
        return process;
    }

    /// <summary>Asks the process group to end, and kills what has not ended after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Signal(ProcessSignal.Terminate);
        await Task.WhenAny(Exited, Task.Delay(grace));
        if (!HasExited)
        {
            Signal(ProcessSignal.Kill);
            // Only a process that hangs in the kernel is not gone at once.
            await Task.WhenAny(Exited, Task.Delay(KillTime));
        }
    }

    private static ProcessStartInfo Describe(ProcessSpec spec)
    {
        if (!Directory.Exists(spec.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory '{spec.WorkingDirectory}' does not exist.");
        }

        var start = new ProcessStartInfo
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var command = SessionLeader.Command([Path.Combine(AppContext.BaseDirectory, GuardScript), spec.Program, .. spec.Arguments]);
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in spec.NotInherited)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The first line is the guard's: until it comes, a signal may find a group without the process in it.</summary>
    private void Handle(string text, Action<string, bool> line)
    {
        if (!started.TrySetResult())
        {
            line(text, false);
        }
    }

    private async Task<int> WaitAsync()
    {
        await guard.WaitForExitAsync();
        // What the process has left behind. The guard's watcher, if nothing else, still holds the group's id.
        Signal(ProcessSignal.Kill);
        Release();
        // A descendant that left the group may hold the pipes for as long as it likes.
        await Task.WhenAny(output, Task.Delay(DrainTime));
        return guard.ExitCode;
    }

    private void Signal(int signal)
    {
        lock (sync)
        {
            // After the pipe is closed the watcher is gone, and the group's id may be anybody's.
            if (!released)
            {
                ProcessSignal.SendToGroup(Group, signal);
            }
        }
    }

    private void Release()
    {
        lock (sync)
        {
            released = true;
            guard.StandardInput.Dispose();
        }
    }
}
