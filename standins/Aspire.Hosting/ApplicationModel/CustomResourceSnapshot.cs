using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource (of one replica) at one moment.</summary>
public sealed class CustomResourceSnapshot
{
    internal static readonly CustomResourceSnapshot Initial = new();

    private CustomResourceSnapshot()
    {
    }

    private CustomResourceSnapshot(CustomResourceSnapshot other)
    {
        State = other.State;
        ExitCode = other.ExitCode;
        Urls = other.Urls;
        HealthReports = other.HealthReports;
        Ready = other.Ready;
        Version = other.Version + 1;
    }

    /// <summary>The state; null before the application starts.</summary>
    public ResourceStateSnapshot? State { get; private init; }

    /// <summary>The process's exit code, 128 and the signal's number where a signal ended it; null while it runs.</summary>
    public int? ExitCode { get; private init; }

    /// <summary>Where clients reach it.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; private init; } = [];

    /// <summary>What its health checks said last.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; private init; } = [];

    /// <summary>The worst of the reports, and unhealthy until each has come; null while the resource does not run.</summary>
    public HealthStatus? HealthStatus =>
        State?.Text != KnownResourceStates.Running ? null
        : HealthReports.IsEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : HealthReports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    /// <summary>The <see cref="ResourceReadyEvent"/>'s handlers; null until it is published.</summary>
    internal Task? Ready { get; private init; }

    /// <summary>Grows by one with every change.</summary>
    internal long Version { get; private init; }

    internal bool IsTerminal => State is not null && KnownResourceStates.TerminalStates.Contains(State.Text);

    internal CustomResourceSnapshot WithState(string state, int? exitCode = null) =>
        new(this) { State = new(state), ExitCode = exitCode, Ready = state == KnownResourceStates.Running ? Ready : null };

    internal CustomResourceSnapshot WithUrls(IEnumerable<UrlSnapshot> urls) => new(this) { Urls = [.. urls] };

    internal CustomResourceSnapshot WithHealthReports(IEnumerable<HealthReportSnapshot> reports) => new(this) { HealthReports = [.. reports] };

    internal CustomResourceSnapshot WithReady(Task ready) => new(this) { Ready = ready };
}
