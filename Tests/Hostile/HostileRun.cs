using System.Text.Json;
using System.Text.RegularExpressions;
using WasmAspire.Jobs;
using WasmAspire.Tests.ComputeNode;

namespace WasmAspire.Tests.Hostile;

/// <summary>A hostile job that has ended.</summary>
/// <param name="Run">What is known of it.</param>
/// <param name="StdoutBytes">Its stdout, byte by byte.</param>
internal sealed record HostileRun(RunningNode.Run Run, byte[] StdoutBytes)
{
    /// <summary>From claim to end in milliseconds, as the API tells it.</summary>
    public double Milliseconds => MillisecondsOf(Run);

    /// <summary>Its wall time.</summary>
    public double TimeoutSeconds => Run.Job.Spec.Limits.TimeoutSeconds;

    /// <summary>How much telemetry it gave.</summary>
    public JobTelemetry Telemetry => Run.Result.Telemetry;

    /// <summary>What it used.</summary>
    public JobUsage Usage => Run.Result.Usage;

    /// <inheritdoc cref="Milliseconds"/>
    public static double MillisecondsOf(RunningNode.Run run) => (run.Job.FinishedAt! - run.Job.StartedAt!).Value.TotalMilliseconds;

    /// <summary>It ended well.</summary>
    /// <param name="stdout">What it wrote.</param>
    /// <param name="results">What its entry point gave, as JSON; null where that is not known.</param>
    public void AssertCompleted(string stdout = "", string? results = "[]")
    {
        Assert.Equal((JobState.Completed, null, null, 0L), (Run.Result.State, Reason, Run.Result.Message, Run.Result.ExitCode));
        Assert.Equal(stdout, Run.Stdout);
        if (results is not null)
        {
            Assert.Equal(results, Results);
        }
    }

    /// <summary>It ended with an exit code.</summary>
    public void AssertExit(long code, string stdout = "", string stderr = "")
    {
        Assert.Equal((JobState.Failed, "exit-code", code), (Run.Result.State, Reason, Run.Result.ExitCode));
        Assert.Equal(stdout, Run.Stdout);
        Assert.Equal(stderr, Run.Stderr);
    }

    /// <summary>Its time was up.</summary>
    public void AssertTimeout() =>
        AssertFailed("timeout", FormattableString.Invariant($"^The job ran longer than {TimeoutSeconds} s; limits\\.timeoutSeconds may be raised to 3600\\.$"));

    /// <summary>It failed.</summary>
    /// <param name="reason">The reason as the API spells it.</param>
    /// <param name="message">A regular expression of its message.</param>
    public void AssertFailed(string reason, string message)
    {
        Assert.Equal((JobState.Failed, reason, null), (Run.Result.State, Reason, Run.Result.ExitCode));
        Assert.Matches(new Regex(message, RegexOptions.Singleline), Run.Result.Message);
    }

    private string Results => JsonSerializer.Serialize(Run.Result.Results);

    private string? Reason => Run.Result.Reason is { } reason ? JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()) : null;
}
