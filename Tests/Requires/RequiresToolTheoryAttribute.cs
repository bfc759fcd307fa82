namespace WasmAspire.Tests.Requires;

/// <summary>A theory that is skipped, naming what is missing, where a program that it needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresToolTheoryAttribute : TheoryAttribute
{
    /// <param name="tools">Names of programs on the PATH; with a slash, a path, absolute or from the repository's root.</param>
    public RequiresToolTheoryAttribute(params string[] tools) => Skip = InstalledTools.ReasonToSkip(tools);
}
