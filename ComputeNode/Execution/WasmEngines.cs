using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>The node's engines: fuel is an engine's setting and has its price, so there is a second one, made when the first job asks for it.</summary>
internal sealed class WasmEngines : IDisposable
{
    private readonly WasmEngine plain = new(countsFuel: false);
    private readonly Lazy<WasmEngine> fuel = new(() => new WasmEngine(countsFuel: true));

    /// <summary>The engine that a job needs.</summary>
    public WasmEngine For(JobSpec spec) => spec.Observe.Fuel || spec.Limits.Fuel is not null ? fuel.Value : plain;

    /// <summary>Moves the epochs of all engines on: each running guest looks at its deadline.</summary>
    public void IncrementEpochs()
    {
        plain.Engine.IncrementEpoch();
        if (fuel.IsValueCreated)
        {
            fuel.Value.Engine.IncrementEpoch();
        }
    }

    public void Dispose()
    {
        plain.Dispose();
        if (fuel.IsValueCreated)
        {
            fuel.Value.Dispose();
        }
    }
}
