namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource's state at one moment.</summary>
public sealed class ResourceStateSnapshot
{
    internal ResourceStateSnapshot(string text) => Text = text;

    /// <summary>One of <see cref="KnownResourceStates"/>.</summary>
    public string Text { get; }
}
