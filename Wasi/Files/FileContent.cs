using System.Buffers;
using System.Numerics;

namespace WasmAspire.Wasi.Files;

/// <summary>
/// The bytes of a file, in chunks: a file grows without being copied, and a hole takes no memory. Bytes that are given are
/// shared until they are owned.
/// </summary>
internal sealed class FileContent
{
    /// <summary>No file is longer: more chunks than this an array cannot count.</summary>
    public const long MaxLength = (long)int.MaxValue * ChunkSize;

    private const int ChunkSize = 1 << 16;
    private const int SmallestChunk = 256;

    private static readonly byte[] Zeros = new byte[ChunkSize];

    private ReadOnlyMemory<byte> given;

    // A chunk that is missing, or shorter than the file goes on, has zeros there; so has what lies behind the file's end.
    private byte[]?[] chunks = [];

    /// <summary>Nothing yet.</summary>
    public FileContent() => IsOwned = true;

    /// <param name="given">Bytes that stay as they are.</param>
    public FileContent(ReadOnlyMemory<byte> given)
    {
        this.given = given;
        Length = given.Length;
    }

    public long Length { get; private set; }

    /// <summary>Whether the bytes are the file's own; only then can it be written to or made longer.</summary>
    public bool IsOwned { get; private set; }

    /// <summary>Copies the bytes that are given.</summary>
    public void Own()
    {
        var bytes = given;
        given = default;
        IsOwned = true;
        Length = 0;
        Write(0, bytes.Span);
    }

    /// <summary>Reads from a place on, as much as fits.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length)
        {
            return 0;
        }

        var count = (int)Math.Min(buffer.Length, Length - offset);
        buffer = buffer[..count];
        if (!IsOwned)
        {
            given.Span.Slice((int)offset, count).CopyTo(buffer);
            return count;
        }

        while (buffer.Length > 0)
        {
            var start = (int)(offset % ChunkSize);
            var part = buffer[..Math.Min(buffer.Length, ChunkSize - start)];
            var chunk = chunks[offset / ChunkSize].AsSpan();
            var there = start < chunk.Length ? chunk[start..] : [];
            there = there[..Math.Min(there.Length, part.Length)];
            there.CopyTo(part);
            part[there.Length..].Clear();
            buffer = buffer[part.Length..];
            offset += part.Length;
        }

        return count;
    }

    /// <summary>Writes at a place, which may lie behind the end.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > Length)
        {
            SetLength(offset + bytes.Length);
        }

        while (bytes.Length > 0)
        {
            var start = (int)(offset % ChunkSize);
            var part = bytes[..Math.Min(bytes.Length, ChunkSize - start)];
            part.CopyTo(ChunkFor(offset / ChunkSize, start + part.Length).AsSpan(start));
            bytes = bytes[part.Length..];
            offset += part.Length;
        }
    }

    /// <summary>Cuts the end off, or lets zeros follow.</summary>
    public void SetLength(long length)
    {
        if (length == 0)
        {
            given = default;
            chunks = [];
            IsOwned = true;
        }
        else if (!IsOwned)
        {
            given = given[..(int)length];
        }
        else
        {
            Resize(length);
        }

        Length = length;
    }

    /// <summary>The bytes as they are now; a later change may show in them.</summary>
    public ReadOnlySequence<byte> ToSequence()
    {
        if (!IsOwned)
        {
            return new ReadOnlySequence<byte>(given);
        }

        ChunkSegment? first = null;
        ChunkSegment? last = null;
        for (long offset = 0; offset < Length; offset += ChunkSize)
        {
            var count = (int)Math.Min(ChunkSize, Length - offset);
            var chunk = chunks[offset / ChunkSize] ?? [];
            var there = Math.Min(count, chunk.Length);
            Append(chunk.AsMemory(0, there));
            Append(Zeros.AsMemory(0, count - there));
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);

        void Append(ReadOnlyMemory<byte> memory)
        {
            if (memory.Length > 0)
            {
                last = new ChunkSegment(memory, last);
                first ??= last;
            }
        }
    }

    private void Resize(long length)
    {
        var count = (int)((length + ChunkSize - 1) / ChunkSize);
        if (length < Length)
        {
            Array.Clear(chunks, count, chunks.Length - count);
            var rest = (int)(length - ((long)(count - 1) * ChunkSize));
            if (chunks[count - 1] is { } last && last.Length > rest)
            {
                last.AsSpan(rest).Clear();
            }

            // A small file that was large must not keep its memory: only its length counts.
            if (count == 1 && chunks[0]?.Length > SizeOfFirst(rest))
            {
                Array.Resize(ref chunks[0], SizeOfFirst(rest));
            }
        }

        if (count > chunks.Length || count < chunks.Length / 4)
        {
            Array.Resize(ref chunks, count > chunks.Length ? Math.Max(count, (int)Math.Min(2L * chunks.Length, Array.MaxLength)) : count);
        }
    }

    /// <summary>The chunk, at least so long: the first grows with the file, so that many small files are small; others are whole.</summary>
    private byte[] ChunkFor(long index, int length)
    {
        ref var chunk = ref chunks[index];
        if (chunk is null)
        {
            chunk = new byte[index == 0 ? SizeOfFirst(length) : ChunkSize];
        }
        else if (chunk.Length < length)
        {
            Array.Resize(ref chunk, SizeOfFirst(length));
        }

        return chunk;
    }

    private static int SizeOfFirst(int length) => Math.Max(SmallestChunk, (int)BitOperations.RoundUpToPowerOf2((uint)length));
}
