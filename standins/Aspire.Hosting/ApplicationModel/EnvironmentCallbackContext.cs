namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a callback for environment variables is given.</summary>
public class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        ExecutionContext = executionContext;
        CancellationToken = cancellationToken;
    }

    /// <summary>The variables so far; a value is a string or an <see cref="IValueProvider"/>.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Cancelled when the application stops before it has started.</summary>
    public CancellationToken CancellationToken { get; }
}
