namespace WasmAspire.Requester.Contracts;

/// <summary>A module whose exports are imports of the job's module.</summary>
public sealed record ImportRequest
{
    /// <summary>The name it is imported by.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc cref="ContentRequest.Sha256"/>
    public string? Sha256 { get; init; }

    /// <inheritdoc cref="ContentRequest.Base64"/>
    public byte[]? Base64 { get; init; }
}
