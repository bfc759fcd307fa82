using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Sends the resources' output to the AppHost's loggers, each resource's to a category of its own.</summary>
internal sealed class LoggerOutput(IHostEnvironment environment, ILoggerFactory loggers) : IResourceOutput
{
    private readonly ConcurrentDictionary<IResource, int> lines = new();

    public void WriteLine(IResource resource, string? replicaId, string text, bool isError)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Name}");
        var number = lines.AddOrUpdate(resource, 1, (_, last) => last + 1);
        var clean = TerminalText.Clean(text, colours: false);
        if (isError)
        {
            Log.ResourceErrorLine(logger, number, clean);
        }
        else
        {
            Log.ResourceLine(logger, number, clean);
        }
    }

    public void WriteState(ResourceEvent change)
    {
        // Whoever takes the loggers watches the states by ResourceNotificationService.
    }

    public void Flush()
    {
        // The loggers have their own end.
    }
}
