using static WasmAspire.Tests.Wasi.Cases.Differences;

namespace WasmAspire.Tests.Wasi.Cases;

/// <summary>Reading and writing. stdin holds <c>stdin bytes</c>.</summary>
internal static class TransferCases
{
    public static readonly WasiCase[] All =
    [
        new("fd_read 4 [5] @u32; fd_read 4 [9] @u32; fd_read 4 [9] @u32", "success [first] 5; success [ file\\n...] 6; success [.........] 0"),
        new("fd_read 4 [0 3] @u32", "success [] [fir] 3"),
        new("fd_read 4 [3 4 9] @u32", "success [fir] [st f] [ile\\n.....] 11") { OnWasmtime = "success [fir] [....] [.........] 3", Because = FirstBufferOnly },
        new("fd_read 4 [] @u32", "success 0"),
        new("fd_read 4 65536 1025 @u32", "inval") { OnWasmtime = "success 0", Because = TooManyBuffers },
        new("fd_read 4 65536 -1 @u32", "inval") { OnWasmtime = "nomem", Because = TooManyBuffers },
        new("fd_read 0 [20] @u32; fd_read 0 [20] @u32", "success [stdin bytes.........] 11; success [....................] 0"),
        new("fd_read 0 [6 9] @u32", "success [stdin ] [bytes....] 11") { OnWasmtime = "success [stdin ] [.........] 6", Because = FirstBufferOnly },
        new("fd_read 0 [] @u32", "success 0") { OnWasmtime = "intr", Because = ShortRead },
        new("fd_read 1 [5] @u32", "badf"),
        new("fd_read 1 [] @u32", "badf"),
        new("fd_read 3 [5] @u32", "badf"),
        new("fd_read 5 [] @u32", "badf"),
        new("fd_read 99 [5] @u32", "badf"),

        new("fd_pread 4 [4] 6 @u32; fd_tell 4 @u64", "success [file] 4; success 0"),
        new("fd_pread 4 [4 4] 6 @u32", "success [file] [\\n...] 5") { OnWasmtime = "success [file] [....] 4", Because = FirstBufferOnly },
        new("fd_pread 4 [4] 11 @u32", "success [....] 0"),
        new("fd_pread 4 [4] 9223372036854775807 @u32", "success [....] 0") { OnWasmtime = "inval", Because = BehindTheEnd },
        new("fd_pread 4 [4] -1 @u32", "success [....] 0") { OnWasmtime = "inval", Because = BehindTheEnd },
        new("fd_pread 4 [] 0 @u32", "success 0"),
        new("fd_pread 0 [4] 0 @u32", "spipe"),
        new("fd_pread 1 [4] 0 @u32", "badf"),
        new("fd_pread 5 [4] 0 @u32", "badf"),
        new("fd_pread 99 [4] 0 @u32", "badf"),

        new("fd_write 1 ['hello'] @u32", "success 5 stdout 'hello'"),
        new("fd_write 2 ['hello'] @u32", "success 5 stderr 'hello'"),
        new("fd_write 1 ['ab' '' 'cde'] @u32", "success 5 stdout 'abcde'") { OnWasmtime = "success 2 stdout 'ab'", Because = FirstBufferOnly },
        new("fd_write 1 ['\\00\\1b'] @u32", "success 2 stdout '.\u001b'"),
        new("fd_write 1 [] @u32", "success 0"),
        new("fd_write 1 65536 1025 @u32", "inval") { OnWasmtime = "success 0", Because = TooManyBuffers },
        new("fd_write 0 ['x'] @u32", "badf"),
        new("fd_write 0 [] @u32", "badf"),
        new("fd_write 4 ['x'] @u32; fd_filestat_get 4 @stat", "badf; success device 1 file links 1 size 11"),
        new("fd_write 5 ['x'] @u32", "badf"),
        new("fd_write 99 ['x'] @u32", "badf"),

        new("fd_pwrite 4 ['x'] 0 @u32", "badf"),
        new("fd_pwrite 0 ['x'] 0 @u32", "badf"),
        new("fd_pwrite 1 ['x'] 0 @u32", "spipe"),
        new("fd_pwrite 5 ['x'] 0 @u32", "badf"),
        new("fd_pwrite 99 ['x'] 0 @u32", "badf"),

        new("fd_readdir 3 @names:500 0 @u32", "success . directory, .. directory, big file, data directory, top file, ä directory 159"),
        new("fd_readdir 5 @names:500 0 @u32", "success . directory, .. directory, empty file, folder directory, one.txt file, two.txt file 172"),
        new("path_open 5 0 'folder' 2 2 2 0 @u32; fd_readdir 6 @entries:500 0 @u32", "success 6; success 1 . directory, 2 .. directory, 3 only file 79"),
        new("path_open 5 0 'folder' 2 2 2 0 @u32; fd_readdir 6 @entries:500 2 @u32", "success 6; success 3 only file 28"),
        new("path_open 5 0 'folder' 2 2 2 0 @u32; fd_readdir 6 @entries:26 2 @u32", "success 6; success 3 on file 26"),
        new("fd_readdir 5 @entries:500 6 @u32; fd_readdir 5 @entries:500 -1 @u32", "success  0; success  0"),
        new("fd_readdir 5 @entries:0 0 @u32", "success  0"),
        new("fd_readdir 5 @entries:10 0 @u32", "success  10"),
        new("fd_readdir 4 @entries:500 0 @u32", "badf"),
        new("fd_readdir 0 @entries:500 0 @u32", "badf"),
        new("fd_readdir 99 @entries:500 0 @u32", "badf"),
    ];
}
