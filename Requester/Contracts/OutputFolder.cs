namespace WasmAspire.Requester.Contracts;

/// <summary>A folder whose files are kept when the job ends.</summary>
public sealed record OutputFolder
{
    /// <summary>Absolute path in the guest's tree.</summary>
    public string Path { get; init; } = "";
}
