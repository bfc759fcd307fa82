using static WasmAspire.Tests.Wasi.Cases.Differences;

namespace WasmAspire.Tests.Wasi.Cases;

/// <summary>Functions on paths. 3 is <c>/</c>, 4 the file <c>data/one.txt</c>, 5 the directory <c>data</c>.</summary>
internal static class PathCases
{
    public static readonly WasiCase[] All =
    [
        .. Lookups(),
        .. Opens(),
        .. Changes("path_create_directory 3 {0}"),
        .. Changes("path_filestat_set_times 3 0 {0} 0 0 0"),
        .. Changes("path_link 3 0 {0} 3 'new'"),
        .. Changes("path_link 3 0 'top' 3 {0}"),
        .. Changes("path_remove_directory 3 {0}"),
        .. Changes("path_rename 3 {0} 3 'new'"),
        .. Changes("path_rename 3 'top' 3 {0}"),
        .. Changes("path_symlink {0} 3 'new'"),
        .. Changes("path_symlink 'top' 3 {0}"),
        .. Changes("path_unlink_file 3 {0}"),
        .. NotDirectories(),

        new("path_filestat_get 3 0 'top' @stat", "success device 1 file links 1 size 10"),
        new("path_filestat_get 3 1 'data/folder/only' @stat", "success device 1 file links 1 size 1"),
        new("path_filestat_get 3 1 'data' @stat", "success device 1 directory"),
        new("path_filestat_get 5 0 'one.txt' @stat", "success device 1 file links 1 size 11"),
        new("path_filestat_get 5 0 'folder/../two.txt' @stat", "success device 1 file links 1 size 12"),
        new("path_filestat_get 5 0 '..' @stat", "perm"),
        new("path_filestat_get 5 0 'folder/../../top' @stat", "perm"),
        new("path_filestat_get 3 0 'ä/ö' @stat", "success device 1 file links 1 size 6"),
        new("path_filestat_get 3 2 'top' @stat", "success device 1 file links 1 size 10") { OnWasmtime = "trap", Because = UnknownBits },
        new("path_filestat_set_times 3 0 'top' 0 0 3", "inval"),
        new("path_link 3 1 'top' 3 'new'", "perm"),
        new("path_readlink 3 'top' @text:9 @u32", "inval"),
        new("path_readlink 3 'data' @text:9 @u32", "inval"),
        new("path_readlink 3 'nothing' @text:9 @u32", "noent"),
        new("path_readlink 3 '..' @text:9 @u32", "perm"),
    ];

    private static IEnumerable<WasiCase> Lookups()
    {
        (string Path, string Answer)[] paths =
        [
            ("'data/one.txt'", "success"),
            ("'./data//one.txt'", "success"),
            ("'data/./folder/../one.txt'", "success"),
            ("'data/../top'", "success"),
            ("'data/folder/../../top'", "success"),
            ("'data'", "success"),
            ("'data/'", "success"),
            ("'data/.'", "success"),
            ("'data/..'", "success"),
            ("'.'", "success"),
            ("'./'", "success"),
            ("'./'*2047", "success"),
            ("''", "noent"),
            ("'nothing'", "noent"),
            ("'nothing/x'", "noent"),
            ("'nothing/../top'", "noent"),
            ("'...'", "noent"),
            ("'TOP'", "noent"),
            ("'top '", "noent"),
            ("'data\\5cone.txt'", "noent"),
            ("'a'*255", "noent"),
            ("'top/'", "notdir"),
            ("'top/.'", "notdir"),
            ("'top/..'", "notdir"),
            ("'top/x'", "notdir"),
            ("'top/../top'", "notdir"),
            ("'..'", "perm"),
            ("'../top'", "perm"),
            ("'data/../..'", "perm"),
            ("'data/../../top'", "perm"),
            ("'data/../../tmp/x'", "perm"),
            ("'/'", "perm"),
            ("'/top'", "perm"),
            ("'//top'", "perm"),
            ("'/etc/passwd'", "perm"),
            ("'\\00'", "inval"),
            ("'top\\00'", "inval"),
            ("'top\\00x'", "inval"),
            ("'\\ff'", "ilseq"),
            ("'top\\c3'", "ilseq"),
            ("'\\ed\\a0\\80'", "ilseq"),
            ("'\\c0\\ae\\c0\\ae/top'", "ilseq"),
            ("'a'*256", "nametoolong"),
            ("'a'*4095", "nametoolong"),
            ("'./'*2048", "nametoolong"),
        ];
        foreach (var (path, answer) in paths)
        {
            yield return new($"path_filestat_get 3 1 {path} 60000", answer);
            yield return new($"path_open 3 1 {path} 0 2 2 0 60000", answer);
            yield return new($"path_readlink 3 {path} 60000 9 60000", answer == "success" ? "inval" : answer);
        }

        yield return new("path_filestat_get 3 0 'a/'*20000 @stat", "nametoolong");
    }

    private static IEnumerable<WasiCase> Opens()
    {
        const string AlwaysRefused = "perm";
        foreach (var path in new[] { "'top'", "'data'", "'nothing'", "'../top'" })
        {
            // create, truncate, create and exclusive; rights to write; whatever it leads to
            yield return new($"path_open 3 0 {path} 1 2 2 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 8 2 2 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 5 2 2 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 0 64 64 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 0 66 66 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 2 66 66 0 @u32", AlwaysRefused);
            yield return new($"path_open 3 0 {path} 3 2 2 0 @u32", "inval");
            yield return new($"path_open 3 0 {path} 6 2 2 0 @u32", "inval");
            yield return new($"path_open 3 0 {path} 10 2 2 0 @u32", "inval");
        }

        yield return new("path_open 3 0 'top' 0 2 2 0 @u32; fd_read 6 [4] @u32", "success 6; success [0123] 4");
        yield return new("path_open 3 0 'top' 0 0 0 0 @u32; fd_read 6 [4] @u32", "success 6; success [0123] 4");
        yield return new("path_open 3 0 'top' 4 2 2 0 @u32", "success 6");
        yield return new("path_open 3 0 'top' 2 2 2 0 @u32", "notdir");
        yield return new("path_open 3 0 'data' 0 2 2 0 @u32; fd_fdstat_get 6 @fdstat", "success 6; success directory flags 0 rights 3fb7ffbb inheriting 3fb7ffbb");
        yield return new("path_open 5 0 'folder' 2 2 2 0 @u32; path_open 6 0 'only' 0 2 2 0 @u32; fd_read 7 [4] @u32", "success 6; success 7; success [x...] 1");
        yield return new("path_open 3 0 'top' 0 2 2 5 @u32; fd_fdstat_get 6 @fdstat", "success 6; success file flags 5 rights 3fffffbf inheriting 3fffffbf");
        yield return new("path_open 3 0 'top' 0 2 2 2 @u32", "notsup");
        yield return new("path_open 3 0 'top' 0 2 2 8 @u32", "notsup");
        yield return new("path_open 3 0 'top' 0 2 2 16 @u32", "notsup");
        yield return new("path_open 3 0 'top' 0 2 2 32 @u32", "notsup") { OnWasmtime = "trap", Because = UnknownBits };
        yield return new("path_open 3 2 'top' 0 2 2 0 @u32", "success 6") { OnWasmtime = "trap", Because = UnknownBits };
        yield return new("path_open 3 0 'top' 16 2 2 0 @u32", "success 6") { OnWasmtime = "trap", Because = UnknownBits };
        yield return new("path_open 3 0 'top' 0 1073741826 2 0 @u32", "success 6") { OnWasmtime = "trap", Because = UnknownBits };
        yield return new("fd_close 4; path_open 3 0 'top' 0 2 2 0 @u32", "success; success 4");
        yield return new("path_open 4 0 'top' 0 2 2 0 @u32", "notdir");
        yield return new("path_open 3 0 'top' 0 2 2 0 -1; path_open 3 0 'top' 0 2 2 0 @u32", "fault; success 6")
        {
            OnWasmtime = "trap; success 7",
            Because = NotTold,
        };
    }

    /// <summary>The tree is read-only, whatever the path leads to.</summary>
    private static IEnumerable<WasiCase> Changes(string call)
    {
        foreach (var path in new[] { "'top'", "'data'", "'nothing'", "'nothing/x'", "''", "'..'", "'/top'", "'top\\00'", "'a'*256" })
        {
            yield return new(call.Replace("{0}", path, StringComparison.Ordinal), "perm");
        }

        yield return new(call.Replace("{0}", "'\\ff'", StringComparison.Ordinal), "ilseq");
        yield return new(call.Replace("{0}", "'a/'*2048", StringComparison.Ordinal), "nametoolong") { OnWasmtime = "perm", Because = LengthFirst };
    }

    private static IEnumerable<WasiCase> NotDirectories()
    {
        foreach (var fd in new[] { "0", "1", "4", "99", "-1" })
        {
            yield return new($"path_create_directory {fd} 'new'", "badf");
            yield return new($"path_filestat_get {fd} 0 'top' @stat", "badf");
            yield return new($"path_filestat_set_times {fd} 0 'top' 0 0 0", "badf");
            yield return new($"path_link {fd} 0 'top' 3 'new'", "badf");
            yield return new($"path_link 3 0 'top' {fd} 'new'", "badf");
            yield return new($"path_readlink {fd} 'top' @text:9 @u32", "badf");
            yield return new($"path_remove_directory {fd} 'data'", "badf");
            yield return new($"path_rename {fd} 'top' 3 'new'", "badf");
            yield return new($"path_rename 3 'top' {fd} 'new'", "badf");
            yield return new($"path_symlink 'top' {fd} 'new'", "badf");
            yield return new($"path_symlink '\\ff' {fd} 'new'", "badf");
            yield return new($"path_rename 3 '\\ff' {fd} 'new'", "badf");
            yield return new($"path_unlink_file {fd} 'top'", "badf");
        }

        foreach (var fd in new[] { "0", "1", "99", "-1" })
        {
            yield return new($"path_open {fd} 0 'top' 0 2 2 0 @u32", "badf");
        }
    }
}
