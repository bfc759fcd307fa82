namespace WasmAspire.Jobs;

/// <summary>What a job may use.</summary>
public sealed record JobLimits
{
    /// <summary>Wall time in seconds from instantiation on; 0.1 to 3600.</summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>Linear memory in bytes; 64 KiB to 4 GiB.</summary>
    public long MemoryBytes { get; init; } = 256 << 20;

    /// <summary>Units of fuel, or null for no limit.</summary>
    public long? Fuel { get; init; }

    /// <summary>Bytes of stdout; at most 64 MiB.</summary>
    public long StdoutBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of stderr; at most 64 MiB.</summary>
    public long StderrBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of output files; at most 1 GiB.</summary>
    public long OutputBytes { get; init; } = 64 << 20;
}
