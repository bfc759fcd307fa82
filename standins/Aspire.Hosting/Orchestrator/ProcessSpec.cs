namespace Aspire.Hosting.Orchestrator;

/// <summary>What to start.</summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">The folder it runs in.</param>
/// <param name="Environment">Its variables besides the AppHost's own.</param>
/// <param name="NotInherited">The AppHost's variables that it does not get.</param>
internal sealed record ProcessSpec(
    string Program,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> NotInherited);
