namespace WasmAspire.Tests;

/// <summary>
/// For tests that count all guest spans of the process, or load it: they run after all others, one after another. A
/// provider listens to a source wherever in the process its spans are made.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "Runs alone";
}
