using WasmAspire.Wasi.Files;

namespace WasmAspire.Wasi;

/// <summary>The world that a guest sees.</summary>
public sealed record WasiOptions
{
    /// <summary><c>argv</c>, its first element included.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The environment, and nothing of the host's; <see cref="WasiContext.SetVariable"/> changes it later.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What stdin gives.</summary>
    public ReadOnlyMemory<byte> Stdin { get; init; }

    /// <summary>Where stdout goes.</summary>
    public required IWasiOutput Stdout { get; init; }

    /// <summary>Where stderr goes.</summary>
    public required IWasiOutput Stderr { get; init; }

    /// <summary>The tree that is preopened at <c>/</c>.</summary>
    public VirtualTree Tree { get; init; } = new();

    /// <summary>
    /// How the guest sleeps: on its own thread, at most so long. It may return early and it may throw, which ends the
    /// guest; so a sleeping guest can be cancelled.
    /// </summary>
    public Action<TimeSpan> Sleep { get; init; } = Thread.Sleep;

    /// <summary>
    /// Called before each call, on the guest's thread; it may throw, which ends the guest. Wasmtime looks at a passed epoch
    /// in loops and where a function begins: a guest that makes long calls one after another never comes there.
    /// </summary>
    public Action? Checkpoint { get; init; }

    /// <summary>Who is told of each call; null for nobody, which costs a call next to nothing.</summary>
    public IWasiObserver? Observer { get; init; }
}
