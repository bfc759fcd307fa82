namespace Aspire.Hosting.Orchestrator;

/// <summary>The value of an environment variable that is known when a replica starts, and may be another one for each; null: the variable is not set.</summary>
internal sealed record ReplicaValue(Func<Replica, string?> Resolve);
