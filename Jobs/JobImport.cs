namespace WasmAspire.Jobs;

/// <summary>A module that others of the job import from.</summary>
/// <param name="Name">The name they import it by.</param>
/// <param name="Module">The module.</param>
public sealed record JobImport(string Name, BlobReference Module);
