namespace Aspire.Hosting.Orchestrator;

/// <summary>The value of an environment variable that is another one for each replica.</summary>
internal sealed record ReplicaValue(Func<Replica, string> Resolve);
