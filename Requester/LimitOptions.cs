using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Microsoft.Extensions.Options;
using WasmAspire.Jobs;

namespace WasmAspire.Requester;

/// <summary>The most that a job may ask for. An operator may lower each; a default above it is lowered with it.</summary>
internal sealed class LimitOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Limits";

    /// <summary>Seconds of wall time, 0.1 to 3600.</summary>
    [Range(0.1, 3600)]
    public double TimeoutSeconds { get; set; } = 3600;

    /// <summary>Bytes of memory, 64 KiB to 4 GiB.</summary>
    [Range(64L << 10, 4L << 30)]
    public long MemoryBytes { get; set; } = 4L << 30;

    /// <summary>Bytes of stdout, to 64 MiB.</summary>
    [Range(0, 64 << 20)]
    public long StdoutBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of stderr, to 64 MiB.</summary>
    [Range(0, 64 << 20)]
    public long StderrBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of files that the guest makes, to 1 GiB.</summary>
    [Range(0, 1 << 30)]
    public long OutputBytes { get; set; } = 1 << 30;

    /// <summary>What a job that asks for no more than the defaults gets: the defaults, as far as they are allowed.</summary>
    public JobLimits Lower(JobLimits limits)
    {
        var defaults = new JobLimits();
        return limits with
        {
            TimeoutSeconds = Lower(limits.TimeoutSeconds, defaults.TimeoutSeconds, TimeoutSeconds),
            MemoryBytes = Lower(limits.MemoryBytes, defaults.MemoryBytes, MemoryBytes),
            StdoutBytes = Lower(limits.StdoutBytes, defaults.StdoutBytes, StdoutBytes),
            StderrBytes = Lower(limits.StderrBytes, defaults.StderrBytes, StderrBytes),
            OutputBytes = Lower(limits.OutputBytes, defaults.OutputBytes, OutputBytes),
        };
    }

    private static T Lower<T>(T value, T byDefault, T most)
        where T : INumber<T> => value == byDefault ? T.Min(value, most) : value;
}

/// <summary>Checks the options at start.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
