using System.Text.Json.Serialization;

namespace WasmAspire.Jobs;

/// <summary>Why a job did not complete; on the wire in kebab case, such as <c>exit-code</c>.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<JobReason>))]
public enum JobReason
{
    /// <summary>The guest ended with another exit code than 0.</summary>
    ExitCode,

    /// <summary>The guest trapped.</summary>
    Trap,

    /// <summary>The wall time was used up.</summary>
    Timeout,

    /// <summary>The module needs more memory than the job has.</summary>
    MemoryLimit,

    /// <summary>stdout or stderr is longer than the job allows.</summary>
    OutputLimit,

    /// <summary>The module is more expensive to compile than the node allows.</summary>
    CompileLimit,

    /// <summary>The module is not valid WebAssembly 2.0.</summary>
    InvalidModule,

    /// <summary>The module imports what no host function and no import module offers, or with another type.</summary>
    MissingImport,

    /// <summary>The entry point does not exist, or cannot be called with the arguments given.</summary>
    EntrypointNotFound,

    /// <summary>The guest used up its fuel.</summary>
    FuelExhausted,

    /// <summary>Somebody cancelled the job.</summary>
    Cancelled,

    /// <summary>It failed for no fault of its own as often as it may be tried.</summary>
    AttemptsExhausted,
}
