namespace WasmAspire.Jobs;

/// <summary>Content by its hash.</summary>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
public sealed record BlobReference(string Sha256, long Bytes);
