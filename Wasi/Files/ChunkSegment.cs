using System.Buffers;

namespace WasmAspire.Wasi.Files;

/// <summary>A part of a file's bytes, after another.</summary>
internal sealed class ChunkSegment : ReadOnlySequenceSegment<byte>
{
    /// <param name="memory">Its bytes.</param>
    /// <param name="previous">The one before; null of the first.</param>
    public ChunkSegment(ReadOnlyMemory<byte> memory, ChunkSegment? previous)
    {
        Memory = memory;
        if (previous is not null)
        {
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
