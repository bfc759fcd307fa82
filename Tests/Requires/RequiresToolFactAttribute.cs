namespace WasmAspire.Tests.Requires;

/// <summary>A fact that is skipped, naming what is missing, where a program that it needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolFactAttribute : FactAttribute
{
    /// <param name="tools">Names of programs on the PATH; with a slash, a path, absolute or from the repository's root.</param>
    public RequiresToolFactAttribute(params string[] tools) => Skip = InstalledTools.ReasonToSkip(tools);
}
