namespace WasmAspire.Jobs;

/// <summary>A file that the guest finds in its tree.</summary>
/// <param name="Path">Absolute path in the guest's tree.</param>
/// <param name="Content">What is in it.</param>
public sealed record JobInput(string Path, BlobReference Content);
