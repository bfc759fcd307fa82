namespace WasmAspire.Jobs;

/// <summary>All that is known of a job. Times are Redis's.</summary>
public sealed record JobRecord
{
    /// <summary>The job's id: a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>What it is to run.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>How often a node has taken it.</summary>
    public int Attempt { get; init; }

    /// <summary>The node that has it or had it last; null before the first.</summary>
    public string? Node { get; init; }

    /// <summary>The trace it belongs to, 32 hexadecimal digits; null where nothing is traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When a node took it; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it became final; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How it ended; null before.</summary>
    public JobResult? Result { get; init; }

    /// <summary>Whether its state will not change any more.</summary>
    public bool IsFinal => State is JobState.Completed or JobState.Failed or JobState.Cancelled;
}
