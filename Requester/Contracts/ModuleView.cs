namespace WasmAspire.Requester.Contracts;

/// <summary>An uploaded module.</summary>
/// <param name="Sha256">SHA-256 of its bytes; what a job names it by.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Imports">What it needs from its host.</param>
/// <param name="Exports">What it offers to its host.</param>
/// <param name="Instrumented">Whether an instrumenter has been at it: it reports its own functions.</param>
public sealed record ModuleView(
    string Sha256,
    long Bytes,
    IReadOnlyList<ImportView> Imports,
    IReadOnlyList<ExportView> Exports,
    bool Instrumented);
