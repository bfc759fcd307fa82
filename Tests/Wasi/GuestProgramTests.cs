using System.Globalization;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>Real programs, built with wasi-libc or Rust's standard library, do the same here as on Wasmtime's own WASI.</summary>
public sealed class GuestProgramTests(ReadOnlyTree tree) : IClassFixture<ReadOnlyTree>
{
    [Fact]
    public void ReadsFilesByAbsoluteAndRelativePath() =>
        AssertResult(
            new GuestProgram { Name = "c/read_input", Arguments = ["/data/one.txt", "data/../data/two.txt", "/ä/ö", "data/empty"] },
            new GuestResult(0, "first file\nsecond file\numlaut", ""));

    [Fact]
    public void ReadsAFileThatTakesManyReads() =>
        AssertResult(new GuestProgram { Name = "c/read_input", Arguments = ["/big"] }, new GuestResult(0, ReadOnlyTree.Big, ""));

    [Fact]
    public void ListsFolders() =>
        AssertResult(
            new GuestProgram { Name = "c/read_input", Arguments = ["/", "data", "/data/folder/"] },
            new GuestResult(0, "big\ndata/\ntop\nä/\nempty\nfolder/\none.txt\ntwo.txt\nonly\n", ""));

    [Fact]
    public void SaysWhatIsWrongWithAPath() =>
        AssertResult(
            new GuestProgram { Name = "c/read_input", Arguments = ["/nothing", "/top/x", "/..", "/data/../../etc/passwd"] },
            new GuestResult(1, "", """
                read_input: /nothing: No such file or directory
                read_input: /top/x: Not a directory
                read_input: /..: Operation not permitted
                read_input: /data/../../etc/passwd: Operation not permitted

                """));

    [Fact]
    public void HasItsArgumentsAndEnvironmentAndNothingElse() =>
        AssertResult(
            new GuestProgram
            {
                Name = "c/env_args",
                Arguments = ["", "two words", "ä€😀"],
                Environment = [new("EMPTY", ""), new("EQUALS", "a=b"), new("Ä", "ö")],
            },
            new GuestResult(0, "argv[0]=c/env_args\nargv[1]=\nargv[2]=two words\nargv[3]=ä€😀\nEMPTY=\nEQUALS=a=b\nÄ=ö\n", ""));

    [Fact]
    public void HasNoEnvironmentWhereNoneIsGiven() =>
        AssertResult(new GuestProgram { Name = "c/env_args" }, new GuestResult(0, "argv[0]=c/env_args\n", ""));

    [Theory]
    [InlineData("c/count_vowels")]
    [InlineData("rust/count_vowels")]
    public void ReadsStdinToItsEnd(string name)
    {
        var text = string.Concat(Enumerable.Repeat("hello world\n", 20_000));

        AssertResult(new GuestProgram { Name = name, Stdin = text }, new GuestResult(0, "60000\n", ""));
        AssertResult(new GuestProgram { Name = name }, new GuestResult(0, "0\n", ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(125)]
    public void LeavesWithItsExitCode(uint code) =>
        AssertResult(new GuestProgram { Name = "c/exit_code", Arguments = [code.ToString(CultureInfo.InvariantCulture)] }, new GuestResult(code, "", ""));

    [Theory]
    [InlineData(126)]
    [InlineData(4294967295)]
    public void LeavesWithExitCodesThatWasmtimeRefuses(uint code)
    {
        var program = new GuestProgram { Name = "c/exit_code", Arguments = [code.ToString(CultureInfo.InvariantCulture)] };

        Assert.Equal(new GuestResult(code, "", ""), program.RunOnVirtualWasi(tree.Virtual));
    }

    [Fact]
    public void SleepsAsLongAsItAsksFor()
    {
        var result = new GuestProgram { Name = "c/sleep", Arguments = ["20"], Sleep = Thread.Sleep }.RunOnVirtualWasi(tree.Virtual);

        var words = result.Stdout.Split(' ');
        Assert.Equal("slept", words[0]);
        Assert.True(double.Parse(words[1], CultureInfo.InvariantCulture) >= 20, result.Stdout);
    }

    [Fact]
    public void EndsInItsSleepWhenTheHostSaysSo()
    {
        var program = new GuestProgram { Name = "c/sleep", Arguments = ["3600000"], Sleep = _ => throw new OperationCanceledException() };

        Assert.IsType<OperationCanceledException>(Assert.Throws<WasmtimeException>(() => program.RunOnVirtualWasi(tree.Virtual)).InnerException);
    }

    /// <summary>What they print is in <c>Tests/Wasi/Golden</c>, and is the same on Wasmtime's own WASI.</summary>
    [Theory]
    [InlineData("c/files")]
    [InlineData("rust/files")]
    public void UsesFilesAndFolders(string name)
    {
        var program = new GuestProgram { Name = name, Arguments = ["/"] };
        var golden = Path.Combine(RepositoryRoot.Path, "Tests", "Wasi", "Golden", name.Replace('/', '-') + ".txt");
        var expected = new GuestResult(0, File.ReadAllText(golden), "");
        var writable = new VirtualTree();
        writable.MakeWritable("/");

        Assert.Equal(expected, program.RunOnVirtualWasi(writable));
        if (OperatingSystem.IsLinux())
        {
            using var theirs = WritableTree.OfTheHost();
            Assert.Equal(expected, program.RunOnWasmtimesWasi(theirs.Folder!, mutable: true));
            Assert.Equal(theirs.Content, WritableTree.ContentOf(writable));
        }
    }

    private void AssertResult(GuestProgram program, GuestResult expected)
    {
        Assert.Equal(expected, program.RunOnVirtualWasi(tree.Virtual));
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(expected, program.RunOnWasmtimesWasi(tree.Folder, mutable: false));
        }
    }
}
