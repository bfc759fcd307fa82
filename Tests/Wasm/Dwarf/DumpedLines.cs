using System.Globalization;
using System.Text.RegularExpressions;
using WasmAspire.Tests.Guests;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>A module's line tables as llvm-dwarfdump reads them, and what follows from them for each address.</summary>
internal sealed partial class DumpedLines
{
    /// <summary>The program that reads them, of Debian's package llvm.</summary>
    public const string Program = "llvm-dwarfdump";

    private readonly Dictionary<string, string> directories = [];
    private readonly Dictionary<string, (string Name, string Directory)> files = [];
    private readonly List<(uint Address, SourceLine Line)> sequence = [];
    private readonly uint codeLength;
    private string fileNumber = "";
    private bool isVersion5;

    private DumpedLines(uint codeLength)
    {
        this.codeLength = codeLength;
        ByAddress = new SourceLine[codeLength + 1];
    }

    /// <summary>For each address of the code the line that covers it; the default where none does.</summary>
    public SourceLine[] ByAddress { get; }

    /// <summary>All rows of live code with a line, as dumped, the ends of sequences left out.</summary>
    public List<(uint Address, SourceLine Line)> Rows { get; } = [];

    /// <summary>The versions of the tables.</summary>
    public SortedSet<int> Versions { get; } = [];

    public static DumpedLines Of(string modulePath, int codeLength)
    {
        (int exitCode, string output) = Tool.TryRun(Program, ["--debug-line", modulePath]);
        Assert.True(exitCode == 0, output);
        var lines = new DumpedLines((uint)codeLength);
        foreach (var text in output.Split('\n'))
        {
            lines.Read(text);
        }

        return lines;
    }

    private void Read(string text)
    {
        if (Row().Match(text) is { Success: true } row)
        {
            ReadRow(row);
        }
        else if (Version().Match(text) is { Success: true } version)
        {
            var number = int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture);
            Versions.Add(number);
            isVersion5 = number == 5;
            directories.Clear();
            files.Clear();
        }
        else if (Directory().Match(text) is { Success: true } directory)
        {
            directories[directory.Groups[1].Value] = directory.Groups[2].Value;
        }
        else if (File().Match(text) is { Success: true } file)
        {
            fileNumber = file.Groups[1].Value;
        }
        else if (Name().Match(text) is { Success: true } name)
        {
            files[fileNumber] = (name.Groups[1].Value, "");
        }
        else if (DirectoryIndex().Match(text) is { Success: true } index)
        {
            files[fileNumber] = (files[fileNumber].Name, index.Groups[1].Value);
        }
    }

    private void ReadRow(Match row)
    {
        var address = ulong.Parse(row.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var line = int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture);
        var column = int.Parse(row.Groups[3].Value, CultureInfo.InvariantCulture);
        sequence.Add(((uint)Math.Min(address, uint.MaxValue), line == 0 ? default : new SourceLine(Path(row.Groups[4].Value), line, column)));
        if (row.Groups[5].Value.Contains("end_sequence", StringComparison.Ordinal))
        {
            Close();
            sequence.Clear();
        }
    }

    // What llvm-dwarfdump shows of removed code begins at 0 or past the code's end.
    private void Close()
    {
        if (sequence[0].Address == 0 || sequence[0].Address >= codeLength)
        {
            return;
        }

        Rows.AddRange(sequence.SkipLast(1).Where(row => row.Line.Line != 0));
        foreach (var (row, next) in sequence.Zip(sequence.Skip(1)))
        {
            var covered = ByAddress.AsSpan((int)row.Address, (int)(next.Address - row.Address));
            Assert.False(covered.ContainsAnyExcept(default(SourceLine)), $"two sequences cover {row.Address:x}");
            covered.Fill(row.Line);
        }
    }

    private string Path(string file)
    {
        var (name, directory) = files[file];
        string[] parts = [isVersion5 && directory != "0" ? directories.GetValueOrDefault("0", "") : "", directories.GetValueOrDefault(directory, ""), name];
        return System.IO.Path.Combine(parts);
    }

    [GeneratedRegex("^0x([0-9a-f]{16}) +([0-9]+) +([0-9]+) +([0-9]+) +[0-9]+ +[0-9]+ (.*)$")]
    private static partial Regex Row();

    [GeneratedRegex("^ +version: ([0-9]+)$")]
    private static partial Regex Version();

    [GeneratedRegex("^include_directories\\[ *([0-9]+)\\] = \"(.*)\"$")]
    private static partial Regex Directory();

    [GeneratedRegex("^file_names\\[ *([0-9]+)\\]:$")]
    private static partial Regex File();

    [GeneratedRegex("^ +name: \"(.*)\"$")]
    private static partial Regex Name();

    [GeneratedRegex("^ +dir_index: ([0-9]+)$")]
    private static partial Regex DirectoryIndex();
}
