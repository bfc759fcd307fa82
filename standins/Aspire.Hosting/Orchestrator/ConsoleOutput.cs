using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Writes lines to the console behind the resource's name. One thread writes; a terminal that has stopped (Ctrl-S) slows
/// the resources' output down and nothing else.
/// </summary>
internal sealed class ConsoleOutput : IResourceOutput, IDisposable
{
    private const int MaxWaitingLines = 4096;
    private const string Reset = "\e[0m";
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);
    private static readonly string[] Colours = ["\e[36m", "\e[33m", "\e[32m", "\e[35m", "\e[34m", "\e[96m", "\e[93m", "\e[92m", "\e[95m", "\e[94m"];

    private readonly DistributedApplicationModel model;
    private readonly TextWriter console;
    private readonly bool colours;
    private readonly ConcurrentDictionary<string, string> lastStates = new(StringComparer.Ordinal);
    private readonly BlockingCollection<(string Text, bool Counted)> lines = [];
    private readonly SemaphoreSlim room = new(MaxWaitingLines);
    private readonly CancellationTokenSource flushing = new();
    private readonly Lazy<int> width;
    private readonly Thread writer;

    public ConsoleOutput(DistributedApplicationModel model)
        : this(model, Console.Out, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
    }

    internal ConsoleOutput(DistributedApplicationModel model, TextWriter console, bool colours)
    {
        this.model = model;
        this.console = console;
        this.colours = colours;
        width = new(() => model.Resources.Select(r => r.Name.Length + (r.GetReplicaCount() > 1 ? 1 + Replica.SuffixLength : 0)).DefaultIfEmpty(0).Max());
        writer = new Thread(Write) { IsBackground = true, Name = "Resource output" };
        writer.Start();
    }

    public void WriteLine(IResource resource, string? replicaId, string text, bool isError)
    {
        try
        {
            room.Wait(flushing.Token);
        }
        catch (OperationCanceledException)
        {
            // Flushing: there is no time left to wait for the terminal, but there may be room.
            if (!room.Wait(0, CancellationToken.None))
            {
                return;
            }
        }

        Enqueue($"{Prefix(resource, replicaId, isError ? '!' : '|')}{TerminalText.Clean(text, colours)}", counted: true);
    }

    public void WriteState(ResourceEvent change)
    {
        var text = Describe(change.Snapshot);
        if (text is not null && (!lastStates.TryGetValue(change.ResourceId, out var last) || last != text))
        {
            lastStates[change.ResourceId] = text;
            Enqueue($"{Prefix(change.Resource, change.ResourceId, '=')}{TerminalText.Clean(text, colours)}", counted: false);
        }
    }

    public void Flush()
    {
        flushing.Cancel();
        lines.CompleteAdding();
        writer.Join(FlushTime);
    }

    public void Dispose() => Flush();

    private static string? Describe(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        if (state is null || state == KnownResourceStates.NotStarted)
        {
            return null;
        }

        if (snapshot.ExitCode is { } code)
        {
            return $"{state} with code {code}{ProcessSignal.NameOfExitCode(code)}";
        }

        if (state != KnownResourceStates.Running)
        {
            return state;
        }

        var urls = string.Concat(snapshot.Urls.Select(url => $" {url.Url}"));
        var health = snapshot switch
        {
            { HealthReports.IsEmpty: true } => "",
            { HealthStatus: HealthStatus.Healthy } => ", healthy",
            // Not yet, or no longer: only the latter is worth a line.
            { Ready: null } => "",
            _ => $", unhealthy: {string.Join("; ", snapshot.HealthReports.Select(r => r.Description).OfType<string>())}",
        };
        return $"{state}{urls}{health}";
    }

    private string Prefix(IResource resource, string? replicaId, char kind)
    {
        // A single replica needs no more than the resource's name.
        var name = (replicaId is not null && resource.GetReplicaCount() > 1 ? replicaId : resource.Name).PadRight(width.Value);
        var index = Math.Max(0, model.Resources.IndexOf(resource));
        return colours ? $"{Colours[index % Colours.Length]}{name} {kind}{Reset} " : $"{name} {kind} ";
    }

    private void Enqueue(string text, bool counted)
    {
        try
        {
            lines.Add((text, counted));
        }
        catch (InvalidOperationException)
        {
            // Flushed already: the application has ended.
        }
    }

    private void Write()
    {
        foreach (var (text, counted) in lines.GetConsumingEnumerable())
        {
            try
            {
                console.WriteLine(text);
            }
            catch (IOException)
            {
                // A closed terminal takes nothing any more; the application still has to stop in order.
            }

            if (counted)
            {
                room.Release();
            }
        }
    }
}
