namespace WasmAspire.Wasi.Files;

/// <summary>Where a path leads.</summary>
/// <param name="Directory">The directory of the last name.</param>
/// <param name="Name">The last name; <c>.</c> where the path ends at the directory itself.</param>
/// <param name="Entry">The entry of that name; null where there is none.</param>
/// <param name="HasSlash">Whether a slash follows, which only a directory may have.</param>
internal readonly record struct Place(VirtualDirectory Directory, string Name, DirectoryEntry? Entry, bool HasSlash)
{
    /// <summary>Whether the path ends at a directory itself, as <c>.</c>, <c>..</c>, or with a slash.</summary>
    public bool IsDirectoryItself => Name == ".";

    /// <summary>What is there; null for nothing.</summary>
    public VirtualNode? Node => IsDirectoryItself ? Directory : Entry?.Node;
}
