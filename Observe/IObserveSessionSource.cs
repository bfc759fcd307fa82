namespace WasmAspire.Observe;

/// <summary>Data of a Wasmtime store that leads to the session its guest reports to. A session is its own source.</summary>
public interface IObserveSessionSource
{
    /// <summary>The session of the run, or null while there is none: then the guest's calls do nothing.</summary>
    ObserveSession? ObserveSession { get; }
}
