namespace WasmAspire.Requester.Contracts;

/// <summary>A module whose exports the job's module, or another of its imports, imports.</summary>
public sealed record ImportRequest
{
    /// <summary>The name it is imported by.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc cref="ContentRequest.Sha256"/>
    public string? Sha256 { get; init; }

    /// <inheritdoc cref="ContentRequest.Base64"/>
    public byte[]? Base64 { get; init; }
}
