namespace WasmAspire.Jobs;

/// <summary>What a job can write to.</summary>
public enum OutputStream
{
    /// <summary>stdout.</summary>
    Stdout,

    /// <summary>stderr.</summary>
    Stderr,
}
