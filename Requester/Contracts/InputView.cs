namespace WasmAspire.Requester.Contracts;

/// <summary>A file that the guest found.</summary>
/// <param name="Path">Absolute path in the guest's tree.</param>
/// <param name="Sha256">SHA-256 of its content.</param>
/// <param name="Bytes">Its length.</param>
public sealed record InputView(string Path, string Sha256, long Bytes);
