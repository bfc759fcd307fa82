namespace WasmAspire.Benchmarks.Wasi;

/// <summary>The floor: as many copies of as many bytes as the guests make, with nothing between them.</summary>
internal sealed class MemoryCopy
{
    private readonly byte[] buffer = new byte[WasiBenchmark.BytesOfCall];
    private readonly byte[] all = new byte[WasiBenchmark.Calls * WasiBenchmark.BytesOfCall];
    private readonly BestTime overwrite = new();
    private readonly BestTime write = new();
    private readonly BestTime read = new();

    /// <summary>To memory that has been written to before.</summary>
    public TimeSpan Overwrite => overwrite.Value;

    /// <summary>To memory that is asked for on the way, in arrays of 64 KB.</summary>
    public TimeSpan Write => write.Value;

    /// <summary>From memory.</summary>
    public TimeSpan Read => read.Value;

    public void Measure()
    {
        overwrite.Measure(CopyTo);
        write.Measure(CopyToNew);
        read.Measure(CopyFrom);
    }

    private void CopyTo()
    {
        for (var to = all.AsSpan(); to.Length > 0; to = to[buffer.Length..])
        {
            buffer.CopyTo(to);
        }
    }

    private void CopyToNew()
    {
        var chunks = new byte[all.Length >> 16][];
        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i] = new byte[1 << 16];
            for (var to = chunks[i].AsSpan(); to.Length > 0; to = to[buffer.Length..])
            {
                buffer.CopyTo(to);
            }
        }

        GC.KeepAlive(chunks);
    }

    private void CopyFrom()
    {
        for (var from = all.AsSpan(); from.Length > 0; from = from[buffer.Length..])
        {
            from[..buffer.Length].CopyTo(buffer);
        }
    }
}
