using System.Buffers;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

public sealed class FileContentTests
{
    private const int Chunk = 1 << 16;

    /// <summary>Any writes, cuts and extensions leave what they would leave of one array.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ChunksHoldWhatAnArrayWould(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 20; run++)
        {
            var given = new byte[random.Next(3 * Chunk)];
            random.NextBytes(given);
            var expected = given.ToArray();
            var content = new FileContent(given);
            content.Own();
            for (var step = 0; step < 40; step++)
            {
                if (random.Next(3) == 0)
                {
                    var length = Near(random);
                    Array.Resize(ref expected, length);
                    content.SetLength(length);
                }
                else
                {
                    var bytes = new byte[random.Next(random.Next(2) == 0 ? 100 : 2 * Chunk)];
                    random.NextBytes(bytes);
                    var offset = Near(random);
                    Array.Resize(ref expected, Math.Max(expected.Length, offset + bytes.Length));
                    bytes.CopyTo(expected, offset);
                    content.Write(offset, bytes);
                }

                var start = random.Next(expected.Length + 1);
                var buffer = new byte[random.Next(3 * Chunk)];
                var read = content.Read(start, buffer);
                Assert.True(expected.AsSpan(start, Math.Min(buffer.Length, expected.Length - start)).SequenceEqual(buffer.AsSpan(0, read)));
            }

            Assert.Equal(expected, content.ToSequence().ToArray());
        }
    }

    [Fact]
    public void AHoleTakesNoMemory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = new FileContent();
        content.SetLength(1L << 30);
        content.Write((1L << 30) - 1, [1]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * Chunk);
        Assert.Equal(1L << 30, content.ToSequence().Length);
    }

    [Fact]
    public void AGrowingFileIsNotCopied()
    {
        var bytes = new byte[4096];
        var content = new FileContent();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 16_384; i++)
        {
            content.Write(content.Length, bytes);
        }

        // 64 MiB in chunks, and the first chunk in its smaller sizes
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 64 << 20, 65 << 20);
    }

    [Fact]
    public void ASmallFileThatWasLargeKeepsNoMemory()
    {
        var files = new FileContent[1000];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = new FileContent();
            files[i].Write(0, new byte[2 * Chunk]);
            files[i].SetLength(1);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, files.Length * 2048);
        GC.KeepAlive(files);
    }

    /// <summary>A place about the edges of chunks.</summary>
    private static int Near(Random random) => Math.Max(0, (random.Next(4) * Chunk) + random.Next(-300, 300));
}
