using WasmAspire.Observe;
using WasmAspire.Wasi;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>The data of a job's store: what its host functions work on.</summary>
/// <param name="session">Where the guest's telemetry goes.</param>
/// <param name="wasi">The guest's world.</param>
internal sealed class JobExecution(ObserveSession session, WasiContext wasi) : IObserveSessionSource, IWasiSource
{
    /// <inheritdoc/>
    public ObserveSession? ObserveSession { get; } = session;

    /// <inheritdoc/>
    public WasiContext Wasi { get; } = wasi;
}
