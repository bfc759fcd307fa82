using System.Text.Json.Serialization;

namespace WasmAspire.Jobs;

/// <summary>Where a job stands. The last three are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>In the queue.</summary>
    Queued,

    /// <summary>Waits for a delayed retry.</summary>
    Scheduled,

    /// <summary>A node runs it.</summary>
    Running,

    /// <summary>It ended with exit code 0.</summary>
    Completed,

    /// <summary>It ended otherwise; the reason says how.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
