namespace WasmAspire.Jobs;

/// <summary>What a submission met.</summary>
public enum SubmitOutcome
{
    /// <summary>A new job.</summary>
    New,

    /// <summary>The same request with the same idempotency key came before.</summary>
    Same,

    /// <summary>Another request with the same idempotency key came before; nothing was submitted.</summary>
    Different,
}
