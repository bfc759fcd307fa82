namespace WasmAspire.Requester.Contracts;

/// <summary>A module that others of the job import from.</summary>
/// <param name="Name">The name they import it by.</param>
/// <param name="Sha256">The module's SHA-256.</param>
/// <param name="Bytes">Its length.</param>
public sealed record JobImportView(string Name, string Sha256, long Bytes);
