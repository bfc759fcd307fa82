namespace WasmAspire.Wasm.Dwarf;

/// <summary>The directories and files of one unit, emptied for the next.</summary>
internal sealed class FileTable(DebugSections sections, SourcePaths paths)
{
    /// <summary>The most directories, and the most files, that a unit may name: later ones are unknown.</summary>
    public const int MaxEntries = 65_536;

    private const int NotAskedYet = -2;

    private readonly List<TextPlace> directories = [];
    private readonly List<(TextPlace Name, ulong Directory)> files = [];
    private readonly List<int> numbers = [];
    private bool countsFromZero;

    /// <summary>Begins a unit.</summary>
    /// <param name="version">Up to 4, files and directories count from 1, and directory 0 is one that the table does not name.</param>
    public void Clear(ushort version)
    {
        directories.Clear();
        files.Clear();
        numbers.Clear();
        countsFromZero = version >= 5;
    }

    public void AddDirectory(TextPlace name)
    {
        if (directories.Count < MaxEntries)
        {
            directories.Add(name);
        }
    }

    public void AddFile(TextPlace name, ulong directory)
    {
        if (files.Count < MaxEntries)
        {
            files.Add((name, directory));
            numbers.Add(NotAskedYet);
        }
    }

    /// <summary>The number of a file's path among all paths, or -1 where it has none.</summary>
    /// <param name="file">The file as the line program counts it. Any number.</param>
    public int PathOf(ulong file)
    {
        var index = countsFromZero ? file : file - 1;
        if (index >= (ulong)files.Count || paths.IsFull)
        {
            return -1;
        }

        if (numbers[(int)index] == NotAskedYet)
        {
            var (name, directory) = files[(int)index];
            numbers[(int)index] = Resolve(sections.Text(name), directory);
        }

        return numbers[(int)index];
    }

    private int Resolve(ReadOnlySpan<byte> name, ulong directory)
    {
        var relative = !SourcePaths.IsAbsolute(name);
        var folder = relative ? Directory(directory) : default;
        var root = relative && countsFromZero && directory > 0 && !SourcePaths.IsAbsolute(folder) ? Directory(0) : default;
        return paths.Add(root, folder, name);
    }

    private ReadOnlySpan<byte> Directory(ulong directory)
    {
        var index = countsFromZero ? directory : directory - 1;
        return index < (ulong)directories.Count ? sections.Text(directories[(int)index]) : default;
    }
}
