namespace Aspire.Hosting;

/// <summary>Whether the AppHost runs the application or writes its manifest.</summary>
public class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext(bool isPublishMode) => IsPublishMode = isPublishMode;

    /// <summary>The manifest is written and nothing started.</summary>
    public bool IsPublishMode { get; }

    /// <summary>The application is started.</summary>
    public bool IsRunMode => !IsPublishMode;
}
