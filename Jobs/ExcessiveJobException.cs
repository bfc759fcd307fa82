namespace WasmAspire.Jobs;

/// <summary>A job may take more memory than any node has for jobs.</summary>
/// <param name="reservedBytes">What it may take (<see cref="JobSpec.ReservedBytes"/>).</param>
/// <param name="largestNodeBytes">The most that a node has.</param>
public sealed class ExcessiveJobException(long reservedBytes, long largestNodeBytes)
    : Exception($"The job may take {reservedBytes} bytes of a node's memory; the largest node has {largestNodeBytes}.")
{
    /// <summary>What the job may take.</summary>
    public long ReservedBytes { get; } = reservedBytes;

    /// <summary>The most that a node has for jobs.</summary>
    public long LargestNodeBytes { get; } = largestNodeBytes;
}
