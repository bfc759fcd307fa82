using System.Buffers;
using WasmAspire.Jobs;
using WasmAspire.Wasi;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>What a guest writes to stdout or stderr, up to the job's limit. Another thread stores it meanwhile.</summary>
/// <param name="stream">Which of the two.</param>
/// <param name="limit">Bytes that it may have.</param>
/// <param name="written">Called where there is something to store again, and where it has become <see cref="Much"/>; with the bytes.</param>
internal sealed class OutputBuffer(OutputStream stream, long limit, Action<int> written) : IWasiOutput
{
    /// <summary>Bytes that are to be stored at once.</summary>
    public const int Much = 64 << 10;

    // Of one call to Redis, so that a large piece does not hold up all others.
    private const int MaxPiece = 1 << 20;

    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> buffer = new();
    private int stored;

    /// <summary>Which of the two.</summary>
    public OutputStream Stream => stream;

    /// <summary>Bytes that came so far.</summary>
    public int Length
    {
        get
        {
            lock (gate)
            {
                return buffer.WrittenCount;
            }
        }
    }

    /// <summary>The next piece to store; empty where there is none.</summary>
    public OutputPiece Pending
    {
        get
        {
            lock (gate)
            {
                // What is written never changes, also where the buffer has since got another array.
                return new OutputPiece(stored, buffer.WrittenMemory.Slice(stored, Math.Min(MaxPiece, buffer.WrittenCount - stored)));
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="GuestStoppedException">The limit is passed; what fits is kept.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        int room;
        int before;
        lock (gate)
        {
            room = (int)Math.Min(limit - buffer.WrittenCount, bytes.Length);
            before = buffer.WrittenCount - stored;
            buffer.Write(bytes[..room]);
        }

        if (before == 0 || (before < Much && before + room >= Much))
        {
            written(before + room);
        }

        if (room < bytes.Length)
        {
            var name = stream.ToString().ToLowerInvariant();
            throw new GuestStoppedException(JobReason.OutputLimit, $"The job wrote more than {limit} bytes to {name}; limits.{name}Bytes may be raised to {64 << 20}.");
        }
    }

    /// <summary>So many bytes are stored now, from the first on.</summary>
    /// <returns>Whether there is more to store.</returns>
    public bool Stored(long count)
    {
        lock (gate)
        {
            stored = (int)count;
            return stored < buffer.WrittenCount;
        }
    }

    /// <summary>All that is not stored.</summary>
    public OutputPiece TakeRest()
    {
        lock (gate)
        {
            return new OutputPiece(stored, buffer.WrittenMemory[stored..]);
        }
    }
}
