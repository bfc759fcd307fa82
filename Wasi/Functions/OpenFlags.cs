namespace WasmAspire.Wasi.Functions;

/// <summary>What <c>path_open</c> does with what it finds (witx <c>oflags</c>).</summary>
[Flags]
internal enum OpenFlags
{
    /// <summary>Opens it.</summary>
    None = 0,

    /// <summary>Makes a file where there is none.</summary>
    Create = 1 << 0,

    /// <summary>Refuses what is no directory.</summary>
    Directory = 1 << 1,

    /// <summary>Refuses, when it is to make a file, what is there.</summary>
    Exclusive = 1 << 2,

    /// <summary>Empties the file.</summary>
    Truncate = 1 << 3,
}
