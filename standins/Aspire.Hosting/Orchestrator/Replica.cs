using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>One process of a resource, or the place for it.</summary>
internal sealed class Replica(IResource resource)
{
    public const int SuffixLength = 8;

    public IResource Resource => resource;

    /// <summary>Tells the replicas of a resource apart, in telemetry too.</summary>
    public string Suffix { get; } = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", SuffixLength);

    public string Id => $"{resource.Name}-{Suffix}";

    /// <summary>What the process is to listen on, by the endpoint's name.</summary>
    public ConcurrentDictionary<string, int> TargetPorts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null until it is started.</summary>
    public ChildProcess? Process { get; set; }
}
