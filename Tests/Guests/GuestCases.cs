namespace WasmAspire.Tests.Guests;

/// <summary>What each committed guest should do.</summary>
internal static class GuestCases
{
    /// <summary>The number of milliseconds in the metric <c>count_time</c>.</summary>
    private const string CountTime = @"(?<=count_time:)\d+\.\d{3}(?=\|ms)";

    /// <summary>The case of that name.</summary>
    public static GuestCase Get(string name) => All.Single(guest => guest.Name == name);

    /// <summary>The names of all cases of a language, or of all languages, for a theory.</summary>
    public static TheoryData<string> Names(string language = "") =>
        [.. All.Select(guest => guest.Name).Where(name => name.StartsWith(language, StringComparison.Ordinal))];

    public static IReadOnlyList<GuestCase> All { get; } =
    [
        CountVowels("c"),
        CountVowelsOfNothing("c"),
        CountVowelsInChunks("c"),
        CountVowels("rust"),
        CountVowelsOfNothing("rust"),
        CountVowelsInChunks("rust"),
        Trap("unreachable", "Unreachable"),
        Trap("divide", "IntegerDivisionByZero"),
        Trap("oob", "MemoryOutOfBounds"),
        Trap("stack", "StackOverflow"),
        Trap("indirect", "BadSignature"),
        new("c/trap", "", "stderr: usage: trap unreachable|divide|oob|stack|indirect\n=> exit 2"),
        ExitCode(0),
        ExitCode(3),
        ExitCode(125),
        new("c/exit_code", "", "stderr: usage: exit_code CODE\n=> exit 2"),
        new("c/files", "", "stderr: usage: files FOLDER\n=> exit 2"),
        new("rust/files", "", "stderr: usage: files FOLDER\n=> exit 2"),
        new("c/upper", "", "stderr: usage: upper FILE\n=> exit 2"),
        new("c/read_input", "/data/one.txt data/two.txt", "stdout: first file\nstdout: second file\n=> return"),
        new("c/read_input", "/data", "stdout: folder/\nstdout: one.txt\nstdout: two.txt\n=> return"),
        new("c/read_input", "/data/none /data/one.txt", """
            stderr: read_input: /data/none: No such file or directory
            stdout: first file
            => exit 1
            """),
        new("c/slow_function", "", $"""
            span-enter medians
            {string.Join('\n', Enumerable.Range(1, 24).Select(list => $"""
                span-enter median_of_list
                span-tags list:{list}
                span-tags length:{(list == 16 ? 12000 : 200)}
                span-exit
                """))}
            stdout: largest median of 24 lists: 2146152485
            span-exit
            => return
            """),
        new("c/sleep", "20", """
            span-enter sleep
            span-tags milliseconds:20
            span-exit
            stdout: slept # ms
            => return
            """) { Varying = @"\d+\.\d{3}(?= ms)" },
        new("c/spin", "", """
            span-enter spin
            span-tags ends:never
            stdout: spinning
            => trap Interrupt
            """) { StopAtLine = true },
        Grow(2, 2, 64),
        Grow(100, 7, 8),
        new("c/env_args", "one two", """
            stdout: argv[0]=c/env_args.wasm
            stdout: argv[1]=one
            stdout: argv[2]=two
            stdout: ALPHA=first
            stdout: EMPTY=
            stdout: ZULU=last=1
            => return
            """) { Environment = [("ZULU", "last=1"), ("EMPTY", ""), ("ALPHA", "first")] },
        new("c/add", "", "=> return 5") { EntryPoint = "add", EntryPointArguments = [2, 3] },
        new("c/add", "", "=> return 9223372036854775806")
        {
            EntryPoint = "multiply",
            EntryPointArguments = [long.MaxValue, 2L + long.MinValue],
        },
        new("c/add", "", "=> return 5") { EntryPoint = "hypotenuse", EntryPointArguments = [3.0, 4.0] },
        new("cpp/word_count", "text", """
            span-enter word_count
            span-enter read
            span-tags bytes:26
            span-exit
            span-enter count
            span-tags bytes:26
            span-tags words:3
            metric 1 count_time:#|ms
            span-exit
            span-tags most_frequent:rose
            span-tags times:3
            metric 1 words:3|c
            stdout: rose 3
            span-exit
            => return
            """) { Stdin = "Rose is a rose; is a ROSE.", Varying = CountTime },
        new("cpp/word_count", "", """
            span-enter word_count
            span-enter read
            span-tags bytes:3
            span-exit
            span-enter count
            span-tags bytes:3
            span-tags words:0
            metric 1 count_time:#|ms
            span-exit
            log 2 there are no words
            span-exit
            => exit 2
            """) { Stdin = "1 2", Varying = CountTime },
        new("rust/checksums", "/data/one.txt /data/none", """
            span-enter checksum of a file
            span-tags path:/data/one.txt
            span-enter read
            span-tags file.path:/data/one.txt
            span-exit
            span-tags bytes:11
            span-enter adler32
            span-exit
            span-exit
            stdout: 19c703f3 /data/one.txt
            span-enter checksum of a file
            span-tags path:/data/none
            span-enter read
            span-tags file.path:/data/none
            span-exit
            span-exit
            log 1 /data/none: No such file or directory (os error 44)
            stderr: checksums: /data/none: No such file or directory (os error 44)
            => exit 1
            """),
        new("assemblyscript/primes", "", """
            span-enter primes
            span-enter sieve
            span-tags limit:1000000
            span-exit
            span-enter count
            span-tags primes:78498
            span-exit
            span-enter find_gap
            span-tags width:112
            span-exit
            metric 1 primes:78498|c
            log 3 78498 primes below 1000000, the first wide gap after 370261
            span-exit
            => return
            """),
        new("rust/panic", "", """
            span-enter outer
            span-tags length:3
            span-enter inner
            span-tags index:4
            log 1 panicked at 'index out of bounds: the len is 3 but the index is 4', rust/panic.rs:10:5
            stderr: thread 'main' panicked at 'index out of bounds: the len is 3 but the index is 4', rust/panic.rs:10:5
            stderr: note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            => trap Unreachable
            """),
        new("wat/instrumented", "", $"""
            enter 7
            enter 4
            exit 4
            enter 5
            {string.Join('\n', Enumerable.Repeat("enter 3\nexit 3", 100))}
            enter 4
            exit 4
            exit 5
            enter 6
            memory-grow 2
            exit 6
            exit 7
            => return
            """),
        new("wat/old_names", "", """
            old instrument_enter 8
            old span_enter old_span
            old span_tags names:old,answer:42
            old log 3 hello from the old names
            old metric 1 old_calls:1|c
            old instrument_memory_grow 1
            old span_exit
            old instrument_exit 8
            => return
            """),
        new("wat/unknown_import", "", "=> error: unknown import: `env::nothing_like_this` has not been defined"),
        new("wat/many_spans", "", """
            span-enter many
            span-tags kind:short
            span-enter short
            span-exit
            span-enter short
            span-exit
            span-exit
            => return
            """) { EntryPoint = "spans", EntryPointArguments = [2] },
    ];

    private static GuestCase CountVowels(string language) => new($"{language}/count_vowels", "text", """
        span-enter count_vowels
        span-enter read
        span-tags bytes:20
        span-exit
        span-enter count
        span-tags vowels:5
        log 3 counted 5 vowels in 20 bytes
        span-exit
        span-tags bytes:20
        span-tags vowels:5
        metric 1 vowels:5|c
        metric 1 input_bytes:20|g
        span-exit
        stdout: 5
        => return
        """) { Stdin = "Hello, WORLD! É aey" };

    private static GuestCase CountVowelsOfNothing(string language) => new($"{language}/count_vowels", "nothing", """
        span-enter count_vowels
        span-enter read
        span-tags bytes:0
        span-exit
        span-enter count
        span-tags vowels:0
        log 3 counted 0 vowels in 0 bytes
        span-exit
        span-tags bytes:0
        span-tags vowels:0
        metric 1 vowels:0|c
        metric 1 input_bytes:0|g
        span-exit
        stdout: 0
        => return
        """);

    /// <summary>An input that ends with the second chunk of 256 KiB: the end shows only in a third, empty one.</summary>
    private static GuestCase CountVowelsInChunks(string language) => new($"{language}/count_vowels", "chunks", """
        span-enter count_vowels
        span-enter read
        span-tags bytes:262144
        span-exit
        span-enter count
        span-tags vowels:131072
        span-exit
        span-enter read
        span-tags bytes:262144
        span-exit
        span-enter count
        span-tags vowels:131072
        span-exit
        span-enter read
        span-tags bytes:0
        span-exit
        span-enter count
        span-tags vowels:0
        log 3 counted 262144 vowels in 524288 bytes
        span-exit
        span-tags bytes:524288
        span-tags vowels:262144
        metric 1 vowels:262144|c
        metric 1 input_bytes:524288|g
        span-exit
        stdout: 262144
        => return
        """) { Stdin = string.Concat(Enumerable.Repeat("ab", 2 * 128 * 1024)) };

    private static GuestCase Trap(string name, string trap) => new("c/trap", name, $"""
        span-enter outer
        span-tags trap:{name}
        span-enter inner
        span-tags trap:{name}
        log 2 about to trap: {name}
        => trap {trap}
        """);

    private static GuestCase ExitCode(int code) => new("c/exit_code", $"{code}", $"""
        span-enter outer
        span-tags code:{code}
        span-enter inner
        span-tags code:{code}
        log 3 exiting with code {code}
        => exit {code}
        """);

    private static GuestCase Grow(int requested, int granted, int limitMebibytes) => new("c/grow", $"{requested}", $"""
        span-enter grow
        span-tags requested_mib:{requested}
        span-tags granted_mib:{granted}
        span-exit
        stdout: grew by {granted} MiB
        => return
        """) { MemoryBytes = limitMebibytes << 20 };
}
