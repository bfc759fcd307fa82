namespace WasmAspire.Jobs;

/// <summary>How a node stands to a job that it claimed.</summary>
public enum JobHold
{
    /// <summary>It holds it.</summary>
    Held,

    /// <summary>It holds it, and somebody wants the job to end.</summary>
    Cancel,

    /// <summary>It does not hold it any more: what it still does for it is in vain.</summary>
    Lost,
}
