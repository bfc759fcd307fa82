namespace WasmAspire.Jobs;

/// <summary>A caller's word for one request, which makes repeating it harmless for a day.</summary>
/// <param name="Key">The word.</param>
/// <param name="Fingerprint">SHA-256 of what is asked for: the same word with another fingerprint is a mistake.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint);
