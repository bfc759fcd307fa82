namespace WasmAspire.Requester.Contracts;

/// <summary>A file that the guest finds in its tree; its content is one of three.</summary>
public sealed record InputRequest
{
    /// <summary>Absolute path in the guest's tree.</summary>
    public string Path { get; init; } = "";

    /// <inheritdoc cref="ContentRequest.Sha256"/>
    public string? Sha256 { get; init; }

    /// <inheritdoc cref="ContentRequest.Base64"/>
    public byte[]? Base64 { get; init; }

    /// <inheritdoc cref="ContentRequest.Text"/>
    public string? Text { get; init; }

    internal ContentRequest Content => new() { Sha256 = Sha256, Base64 = Base64, Text = Text };
}
