namespace WasmAspire.Requester.Contracts;

/// <summary>Bytes, given in one of three ways.</summary>
public sealed record ContentRequest
{
    /// <summary>SHA-256 of content that was uploaded before.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The bytes in base64.</summary>
    public byte[]? Base64 { get; init; }

    /// <summary>Text, stored as UTF-8; an empty one is an empty file.</summary>
    public string? Text { get; init; }
}
