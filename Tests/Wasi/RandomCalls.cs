using System.Globalization;
using System.Text.RegularExpressions;

namespace WasmAspire.Tests.Wasi;

/// <summary>
/// Random calls on files, made on two guests. A descriptor is a label, <c>#0</c> for <c>/</c>, since the two hosts number
/// what is opened in their own ways.
/// </summary>
internal sealed partial class RandomCalls(int seed, ProbeGuest first, ProbeGuest second)
{
    private const int Directory = 0;
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];

    private readonly Random random = new(seed);
    private readonly List<(int First, int Second)> open = [(3, 3)];

    /// <summary>Makes one call on both; the call, and what each answered.</summary>
    public (string Call, string First, string Second) Step()
    {
        var call = Next();
        var onFirst = CallScript.Run(first, Label.Replace(call, label => Number(label).First.ToString(CultureInfo.InvariantCulture)));
        var onSecond = CallScript.Run(second, Label.Replace(call, label => Number(label).Second.ToString(CultureInfo.InvariantCulture)));
        return Follow(call, onFirst, onSecond) ? (call, "success", "success") : (call, onFirst, onSecond);
    }

    [GeneratedRegex("#([0-9]+)")]
    private static partial Regex Label { get; }

    private (int First, int Second) Number(Match label) => open[int.Parse(label.Groups[1].Value, CultureInfo.InvariantCulture)];

    /// <summary>Follows what is open; true where both have opened something, whatever its numbers are.</summary>
    private bool Follow(string call, string onFirst, string onSecond)
    {
        var words = call.Split(' ');
        switch (words[0])
        {
            case "path_open" when onFirst.StartsWith("success ", StringComparison.Ordinal) && onSecond.StartsWith("success ", StringComparison.Ordinal):
                open.Add((int.Parse(onFirst[8..], CultureInfo.InvariantCulture), int.Parse(onSecond[8..], CultureInfo.InvariantCulture)));
                return true;
            case "fd_close" or "fd_renumber" when onFirst == "success" && (words[0] == "fd_close" || words[1] != words[2]):
                open.RemoveAt(int.Parse(words[1][1..], CultureInfo.InvariantCulture));
                return false;
            default:
                return false;
        }
    }

    private string Next() => random.Next(30) switch
    {
        0 or 1 or 2 => $"path_create_directory {Folder()} {Path()}",
        3 => $"path_remove_directory {Folder()} {Path()}",
        4 => $"path_unlink_file {Folder()} {Path()}",
        5 or 6 => $"path_symlink {Path()} {Folder()} {Path()}",
        7 => $"path_link {Folder()} {(random.Next(10) == 0 ? 1 : 0)} {Path()} {Folder()} {Path()}",
        8 or 9 or 10 => $"path_rename {Folder()} {Path()} {Folder()} {Path()}",
        11 => $"path_readlink {Folder()} {Path()} @text:9 @u32",
        12 => $"path_filestat_get {Folder()} {random.Next(2)} {Path()} @stat",
        13 => $"path_filestat_set_times {Folder()} {random.Next(2)} {Path()} 5 7 {random.Next(1, 11)}",
        14 or 15 or 16 or 17 or 18 => Open(),
        19 or 20 => $"fd_write {File()} [{Text()}] @u32",
        21 => $"fd_pwrite {File()} [{Text()}] {random.Next(200)} @u32",
        22 => $"fd_read {File()} [{random.Next(1, 30)}] @u32",
        23 => $"fd_pread {File()} [{random.Next(1, 30)}] {random.Next(100)} @u32",
        24 => $"fd_seek {File()} {random.Next(-20, 200)} {random.Next(3)} @u64",
        25 => $"fd_filestat_set_size {File()} {random.Next(random.Next(4) == 0 ? 200_000 : 100)}",
        26 => $"fd_filestat_get {File()} @stat",
        27 => Close(),
        28 => random.Next(2) == 0 ? $"fd_fdstat_get {File()} @fdstat" : $"fd_fdstat_set_flags {File()} {random.Next(2)}",
        _ => random.Next(2) == 0 ? $"fd_readdir {File()} @names:2000 0 @u32" : $"fd_filestat_set_times {File()} 5 7 {random.Next(1, 11)}",
    };

    private string Open()
    {
        var rights = random.GetItems([0, 2, 64, 66, 66], 1)[0];
        var how = random.Next(2) == 0 ? 1 : random.Next(16);
        return $"path_open {Folder()} {random.Next(2)} {Path()} {how} {rights} {rights} {random.Next(4) / 3} @u32";
    }

    /// <summary>Closes or renumbers something, but never <c>/</c>.</summary>
    private string Close()
    {
        if (open.Count == 1)
        {
            return "fd_close 99";
        }

        var label = random.Next(1, open.Count);
        return random.Next(4) == 0 ? $"fd_renumber #{label} #{random.Next(1, open.Count)}" : $"fd_close #{label}";
    }

    private string File() => random.Next(30) == 0 ? "99" : $"#{random.Next(random.Next(4) == 0 ? Directory : Math.Min(1, open.Count - 1), open.Count)}";

    private string Folder() => random.Next(3) == 0 ? File() : $"#{Directory}";

    private string Text() => $"'{(char)('A' + random.Next(26))}'*{random.Next(1, random.Next(8) == 0 ? 70_000 : 20)}";

    private string Path()
    {
        var names = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(12) switch
        {
            0 => "..",
            1 => ".",
            _ => random.GetItems(Names, 1)[0],
        });
        var path = string.Join(random.Next(15) == 0 ? "//" : "/", names);
        return random.Next(80) switch
        {
            0 => "''",
            1 => $"'/{path}'",
            < 12 => $"'{path}/'",
            _ => $"'{path}'",
        };
    }
}
