namespace WasmAspire.Wasi.Files;

/// <summary>What a guest has changed.</summary>
public enum TreeChangeKind
{
    /// <summary>A file. One with several names comes under each.</summary>
    File,

    /// <summary>A folder that the guest has made or moved; what is in it follows it.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,
}
